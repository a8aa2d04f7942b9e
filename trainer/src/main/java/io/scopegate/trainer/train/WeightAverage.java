package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Parameter;
import java.util.List;

/**
 * The running average of all tensors that training changes, including batch norm statistics. In the first updates it
 * keeps a smaller share than configured, so that it forgets the initial weights sooner.
 */
final class WeightAverage {

    private static final int WARM_UP = 10;

    private final double kept;
    private final Parameters average;
    private int updates;

    /**
     * Starts or continues an average.
     *
     * @param average the average so far; the same tensors must be frozen in it as in the parameters that are added
     * @param kept share that the average keeps at each update, in the long run
     * @param updates number of updates that the average already includes
     */
    WeightAverage(Parameters average, double kept, int updates) {
        this.kept = kept;
        this.updates = updates;
        this.average = average;
    }

    /** Adds the parameters as they are after one more update. */
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
}
