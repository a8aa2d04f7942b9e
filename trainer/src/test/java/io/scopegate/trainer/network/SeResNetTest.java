package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SeResNetTest {

    @Test
    void fullNetworkHasTheReferenceParameterCount() {
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

    /** A network of width 16 is the narrowest that squeezes as wider ones do. */
    @Test
    void widthScalesEveryLayer() {
        List<TensorSpec> narrow = new SeResNet(new Architecture(16, List.of(1, 2, 1, 1))).tensors();
        List<TensorSpec> wide = new SeResNet(new Architecture(32, List.of(1, 2, 1, 1))).tensors();

        assertThat(narrow.getFirst().shape().getShape()).containsExactly(16, 3, 7, 7);
        assertThat(narrow.get(narrow.size() - 2).shape().getShape()).containsExactly(2, 512);
        assertThat(wide)
                .extracting(tensor -> tensor.key() + " " + tensor.shape())
                .isEqualTo(narrow.stream()
                        .map(tensor -> tensor.key() + " " + ofTwiceTheChannels(tensor))
                        .toList());
    }

    /** The network's input and output have the same channels whatever its width. */
    private static Shape ofTwiceTheChannels(TensorSpec tensor) {
        long[] sides = tensor.shape().getShape().clone();
        if (!tensor.key().startsWith("last_linear.")) {
            sides[0] *= 2;
        }
        if (sides.length > 1 && !tensor.key().equals(NetworkMatch.STEM)) {
            sides[1] *= 2;
        }
        return new Shape(sides);
    }

    @Test
    void wrongBlocksAreNamed() {
        assertThatThrownBy(() -> new Architecture(16, List.of(2, 2, 2)))
                .hasMessage("network.blocks: 4 numbers of 1..64, not [2, 2, 2]");
    }
}
