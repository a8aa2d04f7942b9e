package io.scopegate.trainer.network;

import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;

/** A network that classifies one frame at a time. Owns its memory until closed. Used by one thread at a time. */
public interface FrameNetwork extends AutoCloseable {

    /**
     * Returns the logits of one frame: in body, out of body.
     *
     * @param tensor input tensor, 3 x 256 x 256
     * @throws IOException if the run fails
     */
    float[] logits(float[] tensor) throws IOException;

    /** Returns where the network runs. */
    default ExecutionTarget target() {
        return ExecutionTarget.CPU;
    }

    @Override
    void close() throws IOException;
}
