package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Split;
import java.util.List;

/**
 * A plan's frames, as the later steps of a command need them.
 *
 * @param split the frames, by what they are used for
 * @param digest digests of the frames that were read so far, so that none is read twice
 * @param remarks warnings about frames that may distort the figures
 * @param times when the frames were taken, where that is known
 */
record FoundFrames(Split split, DataDigest digest, List<DataWarning> remarks, FrameTimes times) {

    FoundFrames {
        remarks = List.copyOf(remarks);
    }

    /** Returns the warnings with the names of frames, for the owner of the frames. */
    List<String> warnings() {
        return remarks.stream().map(DataWarning::line).toList();
    }

    static FoundFrames of(PlannedFrames planned) {
        DataDigest digest = new DataDigest();
        return new FoundFrames(planned.split(), digest, planned.warnings(digest), planned.times());
    }
}
