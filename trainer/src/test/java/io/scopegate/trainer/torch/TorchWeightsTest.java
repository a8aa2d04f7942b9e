package io.scopegate.trainer.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchWeightsTest {

    @TempDir
    Path folder;

    @Test
    void stateDictThatPyTorchWroteIsRead() throws IOException {
        Path file = folder.resolve("model.pt");
        try (InputStream pytorch = getClass().getResourceAsStream("/torch/state-dict.pt")) {
            Files.copy(Objects.requireNonNull(pytorch), file);
        }

        assertSame(TorchWeights.read(file), TestArchive.WEIGHTS);
    }

    @Test
    void writtenStateDictIsReadBackWithItsArchitecture() throws IOException {
        SeResNet network = new SeResNet(new Architecture(2, List.of(1, 2, 1, 3)));
        StateDict weights = GoldenValues.weights(network);
        Path file = folder.resolve("model.pt");

        TorchStateDict.write(weights, file);

        StateDict read = TorchWeights.read(file);
        assertThat(read.network()).isEqualTo(network);
        assertSame(read, weights);
    }

    @Test
    void stateDictUnderAKeyIsFound() throws IOException {
        for (String key : List.of("model", "state_dict", "network")) {
            Path file = new TestArchive().write(folder.resolve(key + ".pt"), key);

            assertSame(TorchWeights.read(file), TestArchive.WEIGHTS);
        }
    }

    @Test
    void prefixOfAWrapperIsRemoved() throws IOException {
        for (String prefix : List.of("module.", "model.", "net.")) {
            Path file = new TestArchive()
                    .writeUnder(folder.resolve(prefix + "pt"), new TreeMap<>(Map.of("network", prefix)));

            assertSame(TorchWeights.read(file), TestArchive.WEIGHTS);
        }
    }

    @Test
    void twoStateDictsOfTheNetworkAreRefusedByTheirKeys() throws IOException {
        Path file = new TestArchive()
                .writeUnder(folder.resolve("model.pt"), new TreeMap<>(Map.of("ema", "", "network", "")));

        assertRefused(file, "one state dict, not several: under ema and network");
    }

    /**
     * Of two state dicts, one has plain keys and the other keys with the prefix of {@code torch.compile}. The file is
     * refused as ambiguous, rather than the plain one being taken.
     */
    @Test
    void plainAndPrefixedStateDictsTogetherAreRefused() throws IOException {
        for (String wrapped : List.of("state_dict", "student")) {
            Path file = new TestArchive()
                    .writeUnder(
                            folder.resolve(wrapped + ".pt"), new TreeMap<>(Map.of("ema", "", wrapped, "_orig_mod.")));

            assertRefused(file, "one state dict, not several: under ema and " + wrapped);
        }
    }

    /** The file's top level is a state dict, and holds another one under the key {@code ema}. */
    @Test
    void nestedStateDictBesideTheTopLevelOneIsRefused() throws IOException {
        Path file = new TestArchive()
                .put("ema", pickle -> {
                    pickle.dictionary().operation(Opcode.MARK).text("module.layer0.conv1.weight");
                    TestArchive.view(0, 147, 0, new Shape(1), 1).accept(pickle);
                    pickle.operation(Opcode.SETITEMS);
                })
                .write(folder.resolve("model.pt"));

        assertRefused(file, "one state dict, not several: under no key and ema");
    }

    @Test
    void parameterIsReadAsItsTensor() throws IOException {
        Path file = new TestArchive()
                .put("last_linear.bias", TestArchive.parameter(TestArchive.view(0, 147, 5, new Shape(2), 1)))
                .write(folder.resolve("model.pt"));

        float[] stored = TestArchive.WEIGHTS.values("layer0.conv1.weight");
        assertThat(TorchWeights.read(file).values("last_linear.bias")).containsExactly(stored[5], stored[6]);
    }

    @Test
    void parameterOfWhatIsNoTensorIsRefused() throws IOException {
        Path file = new TestArchive()
                .put("last_linear.bias", TestArchive.parameter(pickle -> pickle.text("touch here")))
                .write(folder.resolve("model.pt"));

        assertRefused(file, "a tensor as data of a parameter, not the text touch here");
    }

    @Test
    void stridesAndOffsetAreHonoured() throws IOException {
        float[] stored = TestArchive.WEIGHTS.values("layer0.conv1.weight");
        Path file = new TestArchive()
                .put("layer1.0.se_layer.fc.0.weight", TestArchive.view(0, 147, 3, new Shape(4, 4), 1, 10))
                .write(folder.resolve("strided.pt"));

        float[] read = TorchWeights.read(file).values("layer1.0.se_layer.fc.0.weight");

        assertThat(read[0]).isEqualTo(stored[3]);
        assertThat(read[1]).isEqualTo(stored[13]);
        assertThat(read[4]).isEqualTo(stored[4]);
        assertThat(read[15]).isEqualTo(stored[36]);
    }

    @Test
    void missingKeyIsNamed() throws IOException {
        Path file = new TestArchive().remove("layer2.0.conv2.adn.N.bias").write(folder.resolve("model.pt"));

        assertRefused(file, "layer2.0.conv2.adn.N.bias: missing; a floating-point tensor of shape (2)");
    }

    @Test
    void missingCounterIsNamed() throws IOException {
        Path file = new TestArchive().remove("layer0.bn1.num_batches_tracked").write(folder.resolve("model.pt"));

        assertRefused(file, "layer0.bn1.num_batches_tracked: missing; int64 of shape ()");
    }

    @Test
    void unexpectedKeyIsNamed() throws IOException {
        Path file = new TestArchive()
                .put("layer4.0.extra", TestArchive.view(0, 147, 0, new Shape(1), 1))
                .write(folder.resolve("model.pt"));

        assertRefused(file, "layer4.0.extra: unexpected");
    }

    @Test
    void wrongShapeIsNamed() throws IOException {
        Path file = new TestArchive()
                .put("last_linear.weight", TestArchive.view(0, 147, 0, new Shape(4, 32), 32, 1))
                .write(folder.resolve("model.pt"));

        assertRefused(
                file, "last_linear.weight: a floating-point tensor of shape (2, 32), not FLOAT32 of shape (4, 32)");
    }

    @Test
    void stateDictWithoutTheStemConvolutionIsRefused() throws IOException {
        PickleWriter resNet = new PickleWriter().dictionary().operation(Opcode.MARK);
        for (String key : List.of("conv1.weight", "bn1.weight", "layer1.0.conv1.weight", "fc.weight")) {
            TestArchive.view(0, 147, 0, new Shape(1), 1).accept(resNet.text(key));
        }
        Path file = TestArchive.write(
                folder.resolve("resnet.pt"), resNet.operation(Opcode.SETITEMS).finish());

        assertRefused(
                file,
                "layer0.conv1.weight: missing; the state dict of an SE-ResNet, not one of 4 tensors that begins with"
                        + " conv1.weight");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> TorchWeights.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    private static void assertSame(StateDict actual, StateDict expected) {
        for (TensorSpec tensor : expected.network().tensors()) {
            assertThat(actual.values(tensor.key())).as(tensor.key()).isEqualTo(expected.values(tensor.key()));
        }
    }
}
