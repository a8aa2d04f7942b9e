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
 * @param rendered distinct frames; a longer clip repeats them
 * @param length number of frames that it shows
 */
record DemoClip(List<DemoFrame> rendered, int length) {

    DemoClip {
        rendered = List.copyOf(rendered);
    }

    /**
     * Renders a clip on all processors.
     *
     * @param most limit of distinct frames, all of which are held in memory
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
     * Returns the frame with this number.
     *
     * @param id number from 1
     */
    DemoFrame frame(long id) {
        return rendered.get((int) ((id - 1) % rendered.size()));
    }
}
