package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;

/** Cross-entropy of raw logits, summed over the batch, as the reference bundle has it. */
final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * The loss of a batch.
     *
     * @param logits {@code [N, classes]}
     * @param targets {@code [N, classes]}: 1 at each frame's class, otherwise 0
     * @return a scalar
     */
    static NDArray sum(NDArray logits, NDArray targets) {
        return logits.logSoftmax(1).mul(targets).sum().neg();
    }
}
