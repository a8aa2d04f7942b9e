package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

    private static final SeResNet NETWORK = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        StateDict weights = KaimingInitialization.stateDict(NETWORK, 1);
        Path file = folder.resolve("weights.safetensors");

        SafeTensors.write(weights, file);

        StateDict read = SafeTensors.read(NETWORK, file);
        for (TensorSpec tensor : NETWORK.tensors()) {
            assertThat(read.values(tensor.key())).containsExactly(weights.values(tensor.key()));
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    @Test
    void tensorOfAnotherShapeIsNamed() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafeTensors.write(KaimingInitialization.stateDict(NETWORK, 1), file);

        assertThatThrownBy(() -> SafeTensors.read(new SeResNet(new Architecture(8, List.of(1, 1, 1, 1))), file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layer0.conv1.weight: F32 of shape (8, 3, 7, 7)");
    }

    @Test
    void otherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.safetensors"), "no tensors here");

        assertThatThrownBy(() -> SafeTensors.read(NETWORK, file)).hasMessageContaining("not a safetensors file");
    }
}
