package io.scopegate.trainer.infer;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.FrameNetwork;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;

/** A checkpoint that runs in the training engine, on the CPU. */
public final class CheckpointNetwork implements FrameNetwork {

    private final NDManager engine;
    private final Parameters parameters;

    /** Copies the weights into the engine. */
    public CheckpointNetwork(StateDict weights) {
        this(TorchEngine.newManager(), weights);
    }

    /**
     * Copies the weights into an engine.
     *
     * @param engine owned from here on: it is closed with the network, or at once if the weights cannot be copied
     */
    CheckpointNetwork(NDManager engine, StateDict weights) {
        this.engine = engine;
        try {
            this.parameters = new Parameters(engine, weights, DataType.FLOAT32);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public float[] logits(float[] tensor) {
        return parameters.logits(tensor);
    }

    @Override
    public void close() {
        engine.close();
    }
}
