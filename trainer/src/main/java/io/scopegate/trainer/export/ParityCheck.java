package io.scopegate.trainer.export;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Holds an exported network against the one that was trained, on the same inputs. */
public final class ParityCheck {

    /** By how much a logit may differ; for logits over 1, by how much of the largest. */
    public static final double TOLERANCE = 1e-4;

    private ParityCheck() {}

    /**
     * Runs both networks.
     *
     * @param engine where the trained one runs
     * @param weights the trained one's
     * @param onnx the exported one
     * @param inputs tensors 3 x 256 x 256; at least one
     * @return the largest difference, relative to the largest logit if that is over 1
     * @throws IOException if the difference is over the tolerance or the file does not run
     */
    public static double require(NDManager engine, StateDict weights, Path onnx, List<float[]> inputs)
            throws IOException {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs: at least one, not none");
        }
        double worst = 0;
        try (Parameters trained = new Parameters(engine, weights, DataType.FLOAT32);
                OnnxNetwork exported = new OnnxNetwork(onnx)) {
            for (float[] input : inputs) {
                worst = Math.max(worst, difference(trained.logits(input), exported.logits(input)));
            }
        }
        if (!(worst <= TOLERANCE)) {
            throw new IOException(onnx + ": logits within " + TOLERANCE + " of the trained network's, not " + worst);
        }
        return worst;
    }

    /** Not a number if a logit is not, so that such a network fails. */
    private static double difference(float[] trained, float[] exported) {
        double largest = 1;
        double difference = 0;
        for (int k = 0; k < trained.length; k++) {
            largest = Math.max(largest, Math.abs(trained[k]));
            difference = Math.max(difference, Math.abs(trained[k] - exported[k]));
        }
        return difference / largest;
    }
}
