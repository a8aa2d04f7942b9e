package io.scopegate.trainer.export;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Compares an exported network with the trained one on the same inputs. */
public final class ParityCheck {

    private ParityCheck() {}

    /**
     * Runs both networks and compares their logits; for a network exported in float32.
     *
     * @param engine engine that runs the trained network
     * @param weights weights of the trained network
     * @param onnx the exported network
     * @param inputs tensors 3 x 256 x 256; at least one
     * @return the largest difference; if the largest logit is over 1, relative to it
     * @throws IOException if the difference exceeds the tolerance or the file does not run
     */
    public static double require(NDManager engine, StateDict weights, Path onnx, List<float[]> inputs)
            throws IOException {
        try (Parameters trained = new Parameters(engine, weights, DataType.FLOAT32)) {
            return require(Precision.FP32, trained, onnx, inputs);
        }
    }

    /**
     * Runs both networks and compares them.
     *
     * @param precision precision of the exported network; decides what is compared and the tolerance
     * @return the largest difference
     * @throws IOException if the difference exceeds the tolerance or the file does not run
     */
    public static double require(Precision precision, Parameters trained, Path onnx, List<float[]> inputs)
            throws IOException {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs: at least one, not none");
        }
        double worst = 0;
        try (OnnxNetwork exported = new OnnxNetwork(onnx)) {
            for (float[] input : inputs) {
                worst = Math.max(worst, precision.difference(trained.logits(input), exported.logits(input)));
            }
        }
        if (!(worst <= precision.tolerance())) {
            throw new IOException("%s: %s within %s of the trained network's, not %s"
                    .formatted(onnx, precision.compared(), precision.tolerance(), worst));
        }
        return worst;
    }
}
