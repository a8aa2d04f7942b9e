package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.Split;
import java.util.List;

/**
 * A plan's frames as a command goes on with them.
 *
 * @param split by what they are used for
 * @param warnings of what should not come as a surprise in the figures
 */
record FoundFrames(Split split, List<String> warnings) {

    FoundFrames {
        warnings = List.copyOf(warnings);
    }

    static FoundFrames of(PlannedFrames planned) {
        return new FoundFrames(planned.split(), planned.warnings());
    }
}
