package io.scopegate.trainer.network;

import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;

/** A network that answers one frame at a time. Owns its memory until closed; one thread. */
public interface FrameNetwork extends AutoCloseable {

    /**
     * The logits of one frame: in body, out of body.
     *
     * @param tensor 3 x 256 x 256
     * @throws IOException if the run fails
     */
    float[] logits(float[] tensor) throws IOException;

    /** Where it runs. */
    default ExecutionTarget target() {
        return ExecutionTarget.CPU;
    }

    @Override
    void close() throws IOException;
}
