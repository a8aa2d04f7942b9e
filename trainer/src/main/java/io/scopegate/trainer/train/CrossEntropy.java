package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;

/** Cross-entropy of raw logits, summed over the batch; the reference bundle's with targets of 1 and 0. */
final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * The loss of a batch.
     *
     * @param logits {@code [N, classes]}
     * @param targets {@code [N, classes]}, see {@link Targets}
     * @return a scalar
     */
    static NDArray sum(NDArray logits, NDArray targets) {
        return logits.logSoftmax(1).mul(targets).sum().neg();
    }
}
