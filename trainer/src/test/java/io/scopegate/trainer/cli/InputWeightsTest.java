package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests weights whose file a training may replace while a command reads it. */
class InputWeightsTest {

    @TempDir
    Path folder;

    @Test
    void pathWithoutAFileIsRefused() {
        Path absent = folder.resolve("absent.safetensors");

        assertThatThrownBy(() -> InputWeights.read(absent)).hasMessage(absent + ": no such file");
    }

    @Test
    void fileWithOtherWeightsByNowIsRefused() throws Exception {
        Path file = folder.resolve("weights.safetensors");
        write(file, 1);
        InputWeights weights = InputWeights.read(file);
        assertThatCode(() -> weights.requireUnchanged(file)).doesNotThrowAnyException();

        write(file, 2);

        assertThatThrownBy(() -> weights.requireUnchanged(file))
                .hasMessage(file + ": changed while it was read; wait until the training that writes it ends");
    }

    private static void write(Path file, long seed) throws Exception {
        SeResNet network = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));
        SafeTensors.write(KaimingInitialization.stateDict(network, seed), file);
    }
}
