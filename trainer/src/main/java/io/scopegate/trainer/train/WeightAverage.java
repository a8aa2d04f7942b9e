package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Parameter;
import java.util.List;

/**
 * The running average of all that training changes, batch norm statistics included, which forgets its start faster than
 * the share says. Owns the average's memory until closed.
 */
final class WeightAverage implements AutoCloseable {

    private static final int WARM_UP = 10;

    private final double kept;
    private final Parameters average;
    private int updates;

    /**
     * Begins, or goes on.
     *
     * @param average its values so far, with the same frozen as the parameters that are taken in
     * @param kept share that the average keeps at each update, in the long run
     * @param updates taken in already
     */
    WeightAverage(Parameters average, double kept, int updates) {
        this.kept = kept;
        this.updates = updates;
        this.average = average;
    }

    /** Takes the parameters of one more update in. */
    void add(Parameters parameters, NDManager scratch) {
        updates++;
        double share = Math.min(kept, updates / (double) (updates + WARM_UP));
        List<Parameter> from = parameters.changing();
        List<Parameter> to = average.changing();
        for (int k = 0; k < to.size(); k++) {
            NDArray added = from.get(k).values().mul(1 - share);
            added.attach(scratch);
            to.get(k).values().muli(share).addi(added);
        }
    }

    Parameters parameters() {
        return average;
    }

    @Override
    public void close() {
        average.close();
    }
}
