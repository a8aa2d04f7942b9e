package io.scopegate.trainer.infer;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network that answers one frame at a time. Owns its memory until closed; one thread. */
public sealed interface FrameNetwork extends AutoCloseable {

    /**
     * The logits of one frame: in body, out of body.
     *
     * @param tensor 3 x 256 x 256
     * @throws IOException if the run fails
     */
    float[] logits(float[] tensor) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens a model.
     *
     * @param model a published model directory or a checkpoint: {@code .pt}, {@code .ts}, {@code .safetensors}
     * @throws IOException in one line, if it is none of these or cannot be read
     * @throws ModelUnusableException if the directory is not as it was published
     */
    static FrameNetwork open(Path model) throws IOException, ModelUnusableException {
        if (Files.isDirectory(model)) {
            return new Published(new OnnxNetwork(PublishedModel.open(model).network()));
        }
        if (model.toString().endsWith(".engine") || model.toString().endsWith(".plan")) {
            throw new IOException(model + ": a model directory or a checkpoint, not an engine of TensorRT");
        }
        return Checkpoint.of(WeightFile.read(model));
    }

    /** In ONNX Runtime, as the server runs it. */
    record Published(OnnxNetwork network) implements FrameNetwork {
        @Override
        public float[] logits(float[] tensor) throws IOException {
            return network.logits(tensor);
        }

        @Override
        public void close() throws IOException {
            network.close();
        }
    }

    /** On the training engine. */
    record Checkpoint(NDManager engine, Parameters parameters) implements FrameNetwork {
        static Checkpoint of(StateDict weights) {
            NDManager engine = TorchEngine.newManager();
            return new Checkpoint(engine, new Parameters(engine, weights, DataType.FLOAT32));
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
}
