package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * How a run is kept able to go on after its process has ended.
 *
 * @param file of the state, replaced when a run begins, at the end of each epoch and when the run is stopped
 * @param plan what must be the same for a state to be of use
 * @param resume whether to go on from the file
 * @param stop asked after each update; true ends the run
 */
public record Continuation(Path file, JsonNode plan, boolean resume, BooleanSupplier stop) {

    /**
     * Refuses to go on from nothing, before anything is made for a run that will not be.
     *
     * @throws IOException if there is no state to go on from
     */
    public static void requireState(Path file) throws IOException {
        StateFile.requirePresent(file);
    }

    /**
     * Refuses the state of a run that did not come to the end of its own plan, was of another than that, or kept other
     * weights.
     *
     * @param compared what of both has to be the same
     * @param weights file of those that the run kept
     * @throws IOException with the first that differs, or if there is no state as it was written
     */
    public static void requireEnd(Path file, JsonNode plan, UnaryOperator<JsonNode> compared, Path weights)
            throws IOException {
        StateFile.requireEnd(file, plan, compared, weights);
    }
}
