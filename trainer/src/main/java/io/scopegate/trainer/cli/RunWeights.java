package io.scopegate.trainer.cli;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.train.Continuation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The weights in the folder of a run, and the state that says how they were fitted.
 *
 * @param folder folder of the run
 */
record RunWeights(Path folder) {

    static RunWeights of(TrainingPlan plan) {
        return new RunWeights(plan.runs());
    }

    /** Returns the file of the weights, which exists if the run has come that far. */
    Path file() {
        return folder.resolve("weights.safetensors");
    }

    /** Returns the file of the state, which says how far the run has come and with which plan. */
    Path state() {
        return folder.resolve("state.bin");
    }

    /**
     * Returns why it is not known whether weights were fitted as a plan says, as far as the fingerprint compares.
     *
     * @param weights any file of weights
     * @param fingerprint fingerprint of the plan
     * @return empty if the file is byte for byte the same as the weights of the run, and the run has completed this
     *     plan and kept these weights
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

    /** Returns whether a file is byte for byte the same as the weights of the run. */
    boolean areIn(Path other) throws IOException {
        return Files.isRegularFile(file()) && Files.isRegularFile(other) && Files.mismatch(file(), other) < 0;
    }
}
