package io.scopegate.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A network in ONNX Runtime. Reads each batch in place. Every run has an output of its own, which cannot be mistaken
 * for that of an earlier run. Owns the native session.
 */
final class OnnxSession implements InferenceSession {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ActiveRuns runs;
    private final String inputName;
    private final InputShape shape;
    private final int maxBatch;

    /**
     * Takes ownership of the session.
     *
     * @param runs counts its runs and can terminate them
     * @param maxBatch how many frames its network takes at once
     */
    OnnxSession(OrtEnvironment environment, OrtSession session, ActiveRuns runs, ModelManifest manifest, int maxBatch) {
        this.environment = environment;
        this.session = session;
        this.runs = runs;
        this.inputName = manifest.input().tensor();
        this.shape = manifest.input().shape();
        this.maxBatch = maxBatch;
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public List<float[]> run(InputBatch batch) throws InferenceFailedException {
        long[] inputShape = {batch.frames(), InputShape.CHANNELS, shape.width(), shape.height()};
        try (ActiveRuns.Run run = runs.begin();
                OnnxTensor input = OnnxTensor.createTensor(environment, batch.floats(), inputShape);
                OrtSession.Result result = session.run(Map.of(inputName, input), run.options())) {
            return rows(result, batch.frames());
        } catch (OrtException e) {
            throw new InferenceFailedException(OnnxError.text(e), e, runs.fault(e.getMessage()));
        }
    }

    private static List<float[]> rows(OrtSession.Result result, int frames) throws InferenceFailedException {
        if (!(result.get(0) instanceof OnnxTensor output)) {
            throw new InferenceFailedException("output: a tensor, not " + result.get(0), null);
        }
        long[] actual = output.getInfo().getShape();
        if (actual.length != 2 || actual[0] != frames) {
            throw new InferenceFailedException(
                    "output: shape [" + frames + ", labels], not " + Arrays.toString(actual), null);
        }
        FloatBuffer logits = output.getFloatBuffer();
        List<float[]> rows = new ArrayList<>(frames);
        for (int i = 0; i < frames; i++) {
            float[] row = new float[(int) actual[1]];
            logits.get(row);
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime session could not be closed", e);
        }
    }
}
