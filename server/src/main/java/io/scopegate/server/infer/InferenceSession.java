package io.scopegate.server.infer;

import java.util.List;

/**
 * A loaded network. Owns its native memory. Used by one thread at a time; must not be used once closed.
 */
public interface InferenceSession extends AutoCloseable {

    /**
     * Judges some frames in one run.
     *
     * @param batch at least one input tensor, {@code 3 x width x height} each; read only
     * @return the logits of each frame, in the same order
     * @throws InferenceFailedException if the network could not be run
     */
    List<float[]> run(List<InputTensor> batch) throws InferenceFailedException;

    @Override
    void close();
}
