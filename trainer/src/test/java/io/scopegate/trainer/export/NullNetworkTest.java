package io.scopegate.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.preprocess.InputShape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullNetworkTest {

    @TempDir
    Path directory;

    @Test
    void logitsAreTheFirstElementsOfRedAndGreen() throws Exception {
        Path file = directory.resolve("network.onnx");
        float[] tensor = new float[InputShape.REFERENCE.elements()];
        tensor[0] = 3;
        tensor[InputShape.REFERENCE.width() * InputShape.REFERENCE.height()] = -4;

        NullNetwork.write("in", "out", file);

        try (OnnxNetwork network = new OnnxNetwork(file)) {
            assertThat(network.logits(tensor)).containsExactly(3, -4);
        }
    }
}
