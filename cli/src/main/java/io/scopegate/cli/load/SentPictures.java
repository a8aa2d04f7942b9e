package io.scopegate.cli.load;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.input.FrameEncoder;
import io.scopegate.client.Frame;
import io.scopegate.client.FrameFormat;
import io.scopegate.client.Plane;
import io.scopegate.trainer.sampledata.FrameRenderer;
import io.scopegate.trainer.sampledata.FrameSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pictures that devices send, over and over: rendered scenes in and out of body.
 *
 * @param format format of the frames
 * @param size size of the frames
 * @param contents encoded frames, in this format
 * @param first the first frame as it was rendered
 */
public record SentPictures(PixelFormat format, FrameSize size, List<byte[]> contents, BufferedImage first) {

    private static final int DISTINCT = 16;
    private static final long SEED = 7_301_994L;

    /** Renders and encodes all pictures; they are the same at each call. */
    public static SentPictures render(PixelFormat format, FrameSize size) throws IOException {
        FrameRenderer renderer = new FrameRenderer();
        List<BufferedImage> images = IntStream.range(0, DISTINCT)
                .parallel()
                .mapToObj(i -> renderer.render(SEED, i, size).image())
                .toList();
        List<byte[]> contents = new ArrayList<>();
        for (BufferedImage image : images) {
            contents.add(FrameEncoder.encode(image, format));
        }
        return new SentPictures(format, size, contents, images.getFirst());
    }

    /** Returns the bytes of this frame. */
    public byte[] content(long id) {
        return contents.get((int) (id % contents.size()));
    }

    FrameFormat sdkFormat() {
        return FrameFormat.of(io.scopegate.client.PixelFormat.valueOf(format.name()), size.width(), size.height());
    }

    Frame frame(long id) {
        return format.encoded()
                ? Frame.encoded(id, Instant.now(), content(id))
                : Frame.raw(id, Instant.now(), List.of(new Plane(ByteBuffer.wrap(content(id)), 0)));
    }
}
