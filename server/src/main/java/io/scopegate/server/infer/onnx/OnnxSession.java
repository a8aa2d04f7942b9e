package io.scopegate.server.infer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.server.infer.InferenceFailedException;
import io.scopegate.server.infer.InferenceSession;
import io.scopegate.server.infer.InputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network in ONNX Runtime. Reads each input where it lies and writes the logits into one output tensor that lives as
 * long as the session; owns both that tensor and the native session. Runs the frames of a batch one after the other.
 */
final class OnnxSession implements InferenceSession {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String inputName;
    private final long[] inputShape;
    private final FloatBuffer logits;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> outputs;

    /** Takes over the session, unless it throws. */
    OnnxSession(OrtEnvironment environment, OrtSession session, ModelManifest manifest) throws OrtException {
        InputShape shape = manifest.input().shape();
        this.environment = environment;
        this.session = session;
        this.inputName = manifest.input().tensor();
        this.inputShape = new long[] {1, InputShape.CHANNELS, shape.width(), shape.height()};
        int labels = manifest.labels().size();
        this.logits = ByteBuffer.allocateDirect(labels * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.output = OnnxTensor.createTensor(environment, logits, new long[] {1, labels});
        this.outputs = Map.of(manifest.output(), output);
    }

    @Override
    public List<float[]> run(List<InputTensor> batch) throws InferenceFailedException {
        List<float[]> results = new ArrayList<>(batch.size());
        for (InputTensor input : batch) {
            results.add(runOne(input));
        }
        return results;
    }

    private float[] runOne(InputTensor input) throws InferenceFailedException {
        forgetLastLogits();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input.floats(), inputShape);
                OrtSession.Result ignored = session.run(Map.of(inputName, tensor), outputs)) {
            float[] result = new float[logits.capacity()];
            logits.get(0, result);
            return result;
        } catch (OrtException e) {
            throw new InferenceFailedException("ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** A run that did not write its output must not be read as the frame before it. */
    private void forgetLastLogits() {
        for (int i = 0; i < logits.capacity(); i++) {
            logits.put(i, Float.NaN);
        }
    }

    @Override
    public void close() {
        output.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("session cannot be closed", e);
        }
    }
}
