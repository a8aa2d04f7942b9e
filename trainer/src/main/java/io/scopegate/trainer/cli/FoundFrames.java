package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Split;
import java.util.List;

/**
 * A plan's frames as a command goes on with them.
 *
 * @param split by what they are used for
 * @param digest of those that were read for it so far, which none has to be twice
 * @param remarks on what should not come as a surprise in the figures
 * @param times when frames were taken, where that is known
 */
record FoundFrames(Split split, DataDigest digest, List<DataWarning> remarks, FrameTimes times) {

    FoundFrames {
        remarks = List.copyOf(remarks);
    }

    /** The remarks, as whoever has the frames is told of them. */
    List<String> warnings() {
        return remarks.stream().map(DataWarning::line).toList();
    }

    static FoundFrames of(PlannedFrames planned) {
        DataDigest digest = new DataDigest();
        return new FoundFrames(planned.split(), digest, planned.warnings(digest), planned.times());
    }
}
