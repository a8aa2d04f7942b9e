package io.scopegate.trainer.cli;

import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The weights that a run leaves in its folder.
 *
 * @param file where they are, if the run has come that far
 */
record RunWeights(Path file) {

    private static final String NAME = "weights.safetensors";

    /** Those of the run in that folder. */
    static RunWeights in(Path run) {
        return new RunWeights(run.resolve(NAME));
    }

    static RunWeights of(TrainingPlan plan) {
        return in(plan.runs());
    }

    /** Whether another file holds the very same, wherever it lies. A plan says nothing of how any other were fitted. */
    boolean areIn(Path other) throws IOException {
        return Files.isRegularFile(file) && Files.isRegularFile(other) && Files.mismatch(file, other) < 0;
    }
}
