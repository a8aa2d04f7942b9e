package io.scopegate.cli.demo;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.input.FrameEncoder;
import io.scopegate.trainer.sampledata.FrameRenderer;
import io.scopegate.trainer.sampledata.FrameSize;
import io.scopegate.trainer.sampledata.RenderedClip;
import io.scopegate.trainer.sampledata.RenderedFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One rendered frame.
 *
 * @param name what is to be seen
 * @param label its true class, {@code inbody} or {@code outbody}
 * @param jpeg encoded
 */
record DemoFrame(String name, String label, byte[] jpeg) {

    /** A clip that changes between scenes in and out of body every second or two. Rendered on all processors. */
    static List<DemoFrame> render(long seed, int count) throws IOException {
        RenderedClip clip = new FrameRenderer().clip(seed, count, FrameSize.STANDARD);
        try {
            return IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> of(clip.frame(i)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static DemoFrame of(RenderedFrame frame) {
        try {
            byte[] jpeg = FrameEncoder.encode(frame.image(), PixelFormat.JPEG);
            return new DemoFrame(frame.scene(), frame.label().text(), jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
