package io.scopegate.inference.trial;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.onnx.EngineFiles;
import io.scopegate.inference.onnx.Network;
import io.scopegate.inference.onnx.NetworkRuntime;
import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A runtime that writes a file as an engine. It answers every frame with equal probabilities, or wrongly on the targets
 * that the test names.
 */
final class AnsweringRuntime implements NetworkRuntime {

    final List<String> built = new ArrayList<>();
    final Set<ExecutionTarget> wrong = EnumSet.noneOf(ExecutionTarget.class);
    String problem = "";

    /** Why every run fails; empty if none does. */
    String failure = "";

    @Override
    public String version() {
        return "1.29.0";
    }

    @Override
    public int maxBatch(Network network) {
        return Integer.MAX_VALUE;
    }

    @Override
    public void load(Network network, EngineFiles engine) throws OrtException {
        if (!problem.isEmpty()) {
            throw new OrtException(problem);
        }
        if (engine.building()) {
            built.add(engine.specification().precision().text());
            try {
                Files.writeString(engine.directory().resolve("network.engine"), "plan");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public InferenceSession open(
            PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine) {
        float[] logits = wrong.contains(target) ? new float[] {5, 0} : new float[2];
        return new InferenceSession() {
            @Override
            public List<float[]> run(InputBatch batch) throws InferenceFailedException {
                if (!failure.isEmpty()) {
                    throw new InferenceFailedException(failure, null);
                }
                return IntStream.range(0, batch.frames()).mapToObj(_ -> logits).toList();
            }

            @Override
            public void close() {}
        };
    }
}
