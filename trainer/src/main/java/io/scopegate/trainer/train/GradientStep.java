package io.scopegate.trainer.train;

/**
 * Computes the loss of a batch and adds its gradients to those that the trained parameters hold already; whoever updates
 * the parameters makes them forget their gradients. One thread at a time.
 */
interface GradientStep {

    /**
     * Runs the network forward and backward, batch norms by the batch's own statistics.
     *
     * @param batch one or more frames
     */
    Result run(Batch batch);

    /**
     * What a batch gave, before any update.
     *
     * @param loss of the whole batch, whose gradients were computed; they mean nothing where it is not finite
     * @param logits two for each frame, in the order of the batch
     */
    record Result(double loss, float[] logits) {}
}
