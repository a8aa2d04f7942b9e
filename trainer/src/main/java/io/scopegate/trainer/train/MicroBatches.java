package io.scopegate.trainer.train;

/**
 * Processes a batch in parts, one after the other, and sums their gradients. Batch norms see each part alone.
 *
 * @param parts computes the gradients of one part
 * @param most largest number of frames in a part
 */
record MicroBatches(GradientStep parts, int most) implements GradientStep {

    @Override
    public Result run(Batch batch) {
        if (batch.size() <= most) {
            return parts.run(batch);
        }
        double loss = 0;
        float[] logits = new float[batch.targets().length];
        for (int first = 0; first < batch.size(); first += most) {
            Result part = parts.run(batch.part(first, Math.min(first + most, batch.size())));
            loss += part.loss();
            System.arraycopy(part.logits(), 0, logits, first * 2, part.logits().length);
        }
        return new Result(loss, logits);
    }
}
