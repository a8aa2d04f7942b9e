package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;

/** Cross-entropy of raw logits, summed over the batch. With targets of 1 and 0 it is the reference bundle's loss. */
final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * Returns the loss of a batch.
     *
     * @param logits raw logits {@code [N, classes]}
     * @param targets factors of the log-probabilities, {@code [N, classes]}; see {@link Targets}
     * @return a scalar
     */
    static NDArray sum(NDArray logits, NDArray targets) {
        return logits.logSoftmax(1).mul(targets).sum().neg();
    }
}
