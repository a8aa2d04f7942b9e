package io.scopegate.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.PublishedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InstalledOnnxRuntimeTest {

    private static final Path MODEL =
            Path.of(System.getProperty("scopegate.root")).resolve("models/inbody/1");

    @Test
    void aNetworkThatDoesNotOpenIsAskedAgainAndOneThatDoesIsNot() throws Exception {
        assumeTrue(Files.isRegularFile(MODEL.resolve("manifest.json")), "the model is there");
        Network sound = Network.of(PublishedModel.open(MODEL));
        AtomicInteger looks = new AtomicInteger();
        Network hindered = new Network(sound.name(), sound.digest(), sound.profile(), use -> {
            if (looks.incrementAndGet() == 1) {
                throw new OrtException("Failed to allocate memory");
            }
            return sound.source().read(use);
        });
        InstalledOnnxRuntime runtime = new InstalledOnnxRuntime(new OnnxSettings(1, false), new OnnxTargets(0));

        runtime.maxBatch(hindered);
        runtime.maxBatch(hindered);
        assertThat(looks).hasValue(2);

        runtime.maxBatch(hindered);
        assertThat(looks).hasValue(2);
    }
}
