package io.scopegate.inference;

import java.util.List;

/** A loaded network. Owns its native memory. Any thread, several at a time; must not be used once closed. */
public interface InferenceSession extends AutoCloseable {

    /**
     * Judges some frames in one run.
     *
     * @param batch at least one frame and at most {@link #maxBatch()}, {@code 3 x width x height} each; read only
     * @return the logits of each frame, in the same order
     * @throws InferenceFailedException if the network could not be run
     */
    List<float[]> run(InputBatch batch) throws InferenceFailedException;

    /** How many frames the network takes at once. */
    default int maxBatch() {
        return Integer.MAX_VALUE;
    }

    @Override
    void close();
}
