package io.scopegate.inference;

import java.util.List;

/**
 * A loaded network. Owns native memory until it is closed, and must not be used after that. Thread-safe; several
 * threads may run it at a time.
 */
public interface InferenceSession extends AutoCloseable {

    /**
     * Runs the network on some frames, all in one run.
     *
     * @param batch at least one frame and at most {@link #maxBatch()}, {@code 3 x width x height} each; read only
     * @return the logits of each frame, in the same order
     * @throws InferenceFailedException if the run gave no result
     */
    List<float[]> run(InputBatch batch) throws InferenceFailedException;

    /** Returns the largest number of frames that the network takes in one run. */
    default int maxBatch() {
        return Integer.MAX_VALUE;
    }

    @Override
    void close();
}
