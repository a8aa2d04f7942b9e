package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.plan.FitPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.BooleanSupplier;

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
     * Refuses the state of a run that did not come to its end, or not by that plan.
     *
     * @param fit of the plan
     * @param unsaid names of what the plan does not say and the state's may
     * @throws IOException with the first that differs, or if there is no state as it was written
     */
    public static void requireEnd(Path file, FitPlan fit, JsonNode plan, Collection<String> unsaid) throws IOException {
        StateFile.requireEnd(file, fit, plan, unsaid);
    }
}
