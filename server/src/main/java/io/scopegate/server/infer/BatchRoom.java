package io.scopegate.server.infer;

/**
 * How many frames may be prepared at once.
 *
 * @param maxBatch the most frames of one run, whatever a model allows
 * @param sessions runs at the same time
 * @param workers threads that fill tensors
 */
public record BatchRoom(int maxBatch, int sessions, int workers) {

    /** The most frames of one run of a model that allows so many itself. */
    public int batch(int modelMaxBatch) {
        return Math.min(maxBatch, modelMaxBatch);
    }

    /**
     * Tensors for runs of so many frames: every run has its batch, one more waits, and each worker fills one; a thread
     * that fills one between its runs takes it from these. Whole batches of them, so that full batches come to lie side
     * by side. More than all runs can hold, so that workers go on even if no run returns.
     */
    public long tensors(int batch) {
        long least = (sessions + 1L) * batch + workers;
        return (least + batch - 1) / batch * batch;
    }
}
