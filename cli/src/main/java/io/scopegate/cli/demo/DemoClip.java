package io.scopegate.cli.demo;

import io.scopegate.trainer.sampledata.FrameRenderer;
import io.scopegate.trainer.sampledata.FrameSize;
import io.scopegate.trainer.sampledata.RenderedClip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A clip that changes between scenes in and out of body every second or two.
 *
 * @param rendered its different frames; a longer clip shows them over and over
 * @param length how many frames it shows
 */
record DemoClip(List<DemoFrame> rendered, int length) {

    DemoClip {
        rendered = List.copyOf(rendered);
    }

    /**
     * Renders on all processors.
     *
     * @param most different frames, all of which are held in memory
     */
    static DemoClip render(long seed, int length, int most) throws IOException {
        int different = Math.min(length, most);
        RenderedClip clip = new FrameRenderer().clip(seed, different, FrameSize.STANDARD);
        try {
            return new DemoClip(
                    IntStream.range(0, different)
                            .parallel()
                            .mapToObj(i -> DemoFrame.of(clip.frame(i)))
                            .toList(),
                    length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The frame with this number.
     *
     * @param id from 1
     */
    DemoFrame frame(long id) {
        return rendered.get((int) ((id - 1) % rendered.size()));
    }
}
