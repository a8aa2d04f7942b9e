package io.scopegate.trainer.train;

import io.scopegate.trainer.network.Frozen;
import io.scopegate.trainer.network.StateDict;

/**
 * What a fit starts from.
 *
 * @param weights weights before the first update
 * @param frozen the part of them that the fit does not change
 */
public record Start(StateDict weights, Frozen frozen) {

    /** Returns a start from weights that are all fitted. */
    public static Start of(StateDict weights) {
        return new Start(weights, Frozen.NOTHING);
    }
}
