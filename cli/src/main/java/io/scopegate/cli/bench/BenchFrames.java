package io.scopegate.cli.bench;

import io.scopegate.trainer.sampledata.FrameRenderer;
import io.scopegate.trainer.sampledata.FrameSize;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** What the devices of a benchmark film, over and over. */
final class BenchFrames {

    private BenchFrames() {}

    /** Rendered scenes in and out of body, of exactly this size. */
    static List<BufferedImage> render(long seed, int count, FrameSize size) {
        FrameRenderer renderer = new FrameRenderer();
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> renderer.render(seed, i, size).image())
                .toList();
    }
}
