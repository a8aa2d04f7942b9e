package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SeResNetTest {

    @Test
    void fullNetworkHasTheReferencesParameters() {
        List<TensorSpec> trainable = new SeResNet(Architecture.SE_RESNET_50)
                .tensors().stream().filter(TensorSpec::trainable).toList();

        assertThat(trainable).hasSize(225);
        assertThat(trainable.stream().mapToLong(TensorSpec::elements).sum()).isEqualTo(26_043_122);
    }

    @Test
    void keysAndShapesAreTheReferencesInItsOrder() throws IOException {
        Path reference = GoldenValues.shared().resolve("reference/state_dict_keys.tsv");
        Assumptions.assumeTrue(Files.exists(reference), "skipped: ../shared/reference is not here");
        List<String> expected = Files.readAllLines(reference).stream()
                .filter(line -> !line.contains("num_batches_tracked"))
                .map(line -> line.replace(",)", ")").replace("\ttorch.float32", ""))
                .toList();

        assertThat(new SeResNet(Architecture.SE_RESNET_50).tensors())
                .extracting(tensor -> tensor.key() + "\t" + tensor.shape())
                .isEqualTo(expected);
    }

    @Test
    void widthScalesEveryLayer() {
        List<TensorSpec> tensors = new SeResNet(new Architecture(8, List.of(1, 1, 1, 1))).tensors();

        assertThat(tensors.getFirst().shape().getShape()).containsExactly(8, 3, 7, 7);
        assertThat(tensors.get(tensors.size() - 2).shape().getShape()).containsExactly(2, 256);
    }

    @Test
    void wrongBlocksAreNamed() {
        assertThatThrownBy(() -> new Architecture(16, List.of(2, 2, 2)))
                .hasMessage("network.blocks: 4 numbers of 1..64, not [2, 2, 2]");
    }
}
