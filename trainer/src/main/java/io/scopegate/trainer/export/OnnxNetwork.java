package io.scopegate.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.FrameNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** An ONNX file in ONNX Runtime on the CPU, as the server runs it. Owns its session. For one thread. */
public final class OnnxNetwork implements FrameNetwork {

    private final OrtEnvironment environment = SilentOnnxRuntime.environment();
    private final OrtSession session;
    private final Path file;

    /**
     * Opens an ONNX file.
     *
     * @throws IOException if ONNX Runtime rejects the file, or the network does not have exactly one input
     */
    public OnnxNetwork(Path file) throws IOException {
        this.file = file;
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IOException(file + ": " + reason(e), e);
        }
        long inputs = session.getNumInputs();
        if (inputs != 1) {
            close();
            throw new IOException(file + ": input: one, not " + inputs);
        }
    }

    /** Returns the name of the input. */
    public String input() {
        return session.getInputNames().iterator().next();
    }

    /** Returns the name of the first output, which is the one that is read. */
    public String output() {
        return session.getOutputNames().iterator().next();
    }

    /** @throws IOException if the run fails, also because the network's input or output has another type or shape */
    @Override
    public float[] logits(float[] tensor) throws IOException {
        InputShape shape = InputShape.REFERENCE;
        long[] dimensions = {1, InputShape.CHANNELS, shape.width(), shape.height()};
        try (OnnxTensor batch = OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor), dimensions);
                Result result = session.run(Map.of(input(), batch))) {
            if (!(result.get(0).getValue() instanceof float[][] logits)
                    || logits.length != 1
                    || logits[0].length != Architecture.CLASSES) {
                throw new IOException(file + ": output: " + output() + ": float32, shape [1, " + Architecture.CLASSES
                        + "], not " + result.get(0).getInfo());
            }
            return logits[0];
        } catch (OrtException e) {
            throw new IOException(file + ": " + reason(e), e);
        }
    }

    /**
     * Shortens an error to one line. ONNX Runtime's own messages have several lines, with source files and a stack
     * trace.
     */
    private static String reason(OrtException e) {
        return switch (e.getCode()) {
            case ORT_NO_SUCHFILE -> "no such file";
            case ORT_INVALID_PROTOBUF -> "not an ONNX model, or a truncated or damaged one";
            case ORT_INVALID_GRAPH -> "an ONNX model whose graph is not valid: " + firstLine(e);
            case ORT_NOT_IMPLEMENTED -> "an ONNX model with an operator that ONNX Runtime lacks: " + firstLine(e);
            default -> "ONNX Runtime cannot run this model: " + firstLine(e);
        };
    }

    private static String firstLine(OrtException e) {
        String text = String.valueOf(e.getMessage());
        return text.lines()
                .findFirst()
                .map(line -> line.replaceFirst("^Error code - \\w+ - message: ", ""))
                .orElse(text);
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IOException(file + ": " + reason(e), e);
        }
    }
}
