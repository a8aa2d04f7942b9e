package io.scopegate.server.infer;

/**
 * How many frames of a model may be prepared at once.
 *
 * @param maxBatch the most frames of one run, even if a model allows more
 * @param sessions how many runs may be in progress at once
 * @param workers threads that fill tensors
 */
public record BatchLimits(int maxBatch, int sessions, int workers) {

    /** Returns the most frames of one run for a model that itself allows {@code modelMaxBatch}. */
    public int batch(int modelMaxBatch) {
        return Math.min(maxBatch, modelMaxBatch);
    }

    /**
     * Returns how many tensors to allocate for runs of this many frames: a batch for each run, one more batch that
     * waits, and one tensor for each worker to fill. A thread that fills one between its runs takes it from these.
     * Rounded up to whole batches, so that full batches come to lie side by side. More than all runs can hold, so that
     * workers go on even if no run returns.
     */
    public long tensors(int batch) {
        long least = (sessions + 1L) * batch + workers;
        return (least + batch - 1) / batch * batch;
    }
}
