package io.scopegate.trainer.train;

/**
 * Computes the loss of a batch and adds its gradients to those that the trained parameters already hold. The optimiser
 * has to clear the gradients after each update. Used by one thread at a time.
 */
interface GradientStep {

    /**
     * Runs the network forward and backward. Batch norms use the batch's statistics.
     *
     * @param batch one or more frames
     */
    Result run(Batch batch);

    /**
     * The results of a batch, from before its update.
     *
     * @param loss loss of the whole batch; if it is not finite, the gradients are meaningless
     * @param logits two logits per frame, in the order of the batch
     */
    record Result(double loss, float[] logits) {}
}
