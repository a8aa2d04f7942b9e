package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled frames in a fixed order.
 *
 * @param frames the frames
 * @param skipped entries that were left out since their label is neither inbody nor outbody
 */
public record FrameSet(List<LabelledFrame> frames, int skipped) {

    public FrameSet {
        frames = List.copyOf(frames);
    }

    /** The frames of all sets, in the order given. */
    public static FrameSet concat(List<FrameSet> sets) {
        List<LabelledFrame> frames = new ArrayList<>();
        int skipped = 0;
        for (FrameSet set : sets) {
            frames.addAll(set.frames);
            skipped += set.skipped;
        }
        return new FrameSet(frames, skipped);
    }

    /** How many frames have this label. */
    public int count(Label label) {
        return (int) frames.stream().filter(frame -> frame.label() == label).count();
    }

    static FrameSet requireFrames(FrameSet set, Object source) throws IOException {
        if (set.frames.isEmpty()) {
            throw new IOException(source + ": at least one frame labelled inbody or outbody, found none");
        }
        return set;
    }
}
