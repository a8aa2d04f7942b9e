package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * How a run saves its state, so that it can be resumed after its process has ended.
 *
 * @param file state file; replaced when a run begins, at the end of each epoch and when the run is stopped
 * @param plan settings, and digests of the frames, that must be equal for a state to be resumed
 * @param resume whether to resume from the file
 * @param stop asked after each update; true stops the run
 */
public record Continuation(Path file, JsonNode plan, boolean resume, BooleanSupplier stop) {

    /**
     * Checks that there is a state to resume, so that a caller can fail before it prepares a run.
     *
     * @throws IOException if there is no state file
     */
    public static void requireState(Path file) throws IOException {
        StateFile.requirePresent(file);
    }

    /**
     * Checks that a state is that of a finished run of this plan which kept these weights.
     *
     * @param plan settings, and digests of the frames, of the current plan
     * @param compared selects the part of the plan, and of the state's plan, that must be equal
     * @param weights file of the weights that the run kept
     * @throws IOException if the state is missing or damaged; if the run is unfinished or kept other weights; or, with
     *     every difference, if the plans differ
     */
    public static void requireEnd(Path file, JsonNode plan, UnaryOperator<JsonNode> compared, Path weights)
            throws IOException {
        StateFile.requireEnd(file, plan, compared, weights);
    }
}
