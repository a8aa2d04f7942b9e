package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.train.Continuation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The weights that a run leaves in its folder, and the state that says by what they were fitted.
 *
 * @param folder of the run
 */
record RunWeights(Path folder) {

    static RunWeights of(TrainingPlan plan) {
        return new RunWeights(plan.runs());
    }

    /** Where the weights are, if the run has come that far. */
    Path file() {
        return folder.resolve("weights.safetensors");
    }

    /** Where it says how far the run has come, and by what. */
    Path state() {
        return folder.resolve("state.bin");
    }

    /**
     * Why nobody knows whether weights were fitted as a plan says, as far as the fingerprint compares.
     *
     * @param weights any file
     * @param fingerprint of that plan
     * @return empty where they are the very same as the run's, which has come to its end by that plan and kept them
     */
    static Optional<String> doubt(Path weights, TrainingPlan plan, Fingerprint fingerprint) {
        try {
            of(plan).requireFitted(weights, plan, fingerprint);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileFault.text(e));
        }
    }

    private void requireFitted(Path weights, TrainingPlan plan, Fingerprint fingerprint) throws IOException {
        if (!areIn(weights)) {
            throw new IOException("%s: not the same weights as %s".formatted(weights, file()));
        }
        if (plan.fit().isEmpty()) {
            throw new IOException("fit: not configured");
        }
        Continuation.requireEnd(state(), fingerprint.values(), fingerprint.compared(), file());
    }

    /** Whether this file holds the very same weights. */
    boolean areIn(Path other) throws IOException {
        return Files.isRegularFile(file()) && Files.isRegularFile(other) && Files.mismatch(file(), other) < 0;
    }
}
