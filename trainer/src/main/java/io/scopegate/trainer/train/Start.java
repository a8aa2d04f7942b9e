package io.scopegate.trainer.train;

import io.scopegate.trainer.network.Frozen;
import io.scopegate.trainer.network.StateDict;

/**
 * What a fit begins with.
 *
 * @param weights before the first update
 * @param frozen what of them the fit leaves as it is
 */
public record Start(StateDict weights, Frozen frozen) {

    /** Weights all of which are fitted. */
    public static Start of(StateDict weights) {
        return new Start(weights, Frozen.NOTHING);
    }
}
