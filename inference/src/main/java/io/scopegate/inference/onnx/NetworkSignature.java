package io.scopegate.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.preprocess.InputShape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The inputs and outputs that a network declares.
 *
 * @param inputs by name
 * @param outputs by name
 */
record NetworkSignature(Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {

    private static final long ANY_BATCH = -1;

    static NetworkSignature of(OrtSession session) throws OrtException {
        return new NetworkSignature(session.getInputInfo(), session.getOutputInfo());
    }

    /** Checks inputs and outputs against the manifest. The batch dimension may be open or 1. */
    void check(ModelManifest manifest) throws ModelUnusableException {
        InputShape shape = manifest.input().shape();
        check("input", inputs, manifest.input().tensor(), new long[] {
            ANY_BATCH, InputShape.CHANNELS, shape.width(), shape.height()
        });
        check("output", outputs, manifest.output(), new long[] {
            ANY_BATCH, manifest.labels().size()
        });
    }

    /**
     * Returns how many frames the network takes at once: any number if the first dimension of all inputs and outputs is
     * open, otherwise 1.
     */
    int maxBatch() {
        return Stream.of(inputs, outputs)
                        .flatMap(nodes -> nodes.values().stream())
                        .allMatch(node -> node.getInfo() instanceof TensorInfo info
                                && info.getShape().length > 0
                                && info.getShape()[0] == ANY_BATCH)
                ? Integer.MAX_VALUE
                : 1;
    }

    private static void check(String what, Map<String, NodeInfo> nodes, String name, long[] expected)
            throws ModelUnusableException {
        if (nodes.size() != 1 || !nodes.containsKey(name)) {
            throw new ModelUnusableException("network: " + what + ": " + name + " alone, not " + nodes.keySet());
        }
        if (!(nodes.get(name).getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
            throw new ModelUnusableException("network: " + what + ": " + name + ": a float32 tensor, not "
                    + nodes.get(name).getInfo());
        }
        if (!fits(info.getShape(), expected)) {
            throw new ModelUnusableException("network: " + what + ": " + name + ": shape " + Arrays.toString(expected)
                    + ", not " + Arrays.toString(info.getShape()));
        }
    }

    private static boolean fits(long[] actual, long[] expected) {
        return actual.length == expected.length
                && (actual[0] == ANY_BATCH || actual[0] == 1)
                && Arrays.equals(actual, 1, actual.length, expected, 1, expected.length);
    }
}
