package io.scopegate.trainer.infer;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.FrameNetwork;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;

/** A checkpoint that runs in the training engine, on the CPU. */
public final class CheckpointNetwork implements FrameNetwork {

    private final NDManager engine = TorchEngine.newManager();
    private final Parameters parameters;

    /** Copies the weights into the engine. */
    public CheckpointNetwork(StateDict weights) {
        this.parameters = new Parameters(engine, weights, DataType.FLOAT32);
    }

    @Override
    public float[] logits(float[] tensor) {
        return parameters.logits(tensor);
    }

    @Override
    public void close() {
        parameters.close();
        engine.close();
    }
}
