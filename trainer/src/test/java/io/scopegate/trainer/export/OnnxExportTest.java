package io.scopegate.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TensorSpec;
import io.scopegate.trainer.network.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {

    private static final OnnxExport EXPORT = new OnnxExport("INPUT__0", "OUTPUT__0");
    private static final SeResNet NARROW = new SeResNet(new Architecture(8, List.of(1, 2, 1, 1)));

    @TempDir
    Path folder;

    @Test
    void exportedNetworkAnswersAsTheTrainedOne() throws IOException {
        StateDict weights = weights(1);
        Path file = folder.resolve("model.onnx");

        EXPORT.write(weights, file);

        try (NDManager engine = TorchEngine.newManager()) {
            assertThat(ParityCheck.require(engine, weights, file, inputs())).isLessThan(1e-5);
        }
    }

    @Test
    void anotherNetworksFileFailsTheParityCheck() throws IOException {
        Path file = folder.resolve("model.onnx");

        EXPORT.write(weights(1), file);

        try (NDManager engine = TorchEngine.newManager()) {
            assertThatThrownBy(() -> ParityCheck.require(engine, weights(2), file, inputs()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("of the trained network's");
        }
    }

    @Test
    void theSameWeightsGiveTheSameBytes() throws IOException {
        EXPORT.write(weights(1), folder.resolve("first.onnx"));
        EXPORT.write(weights(1), folder.resolve("second.onnx"));

        assertThat(folder.resolve("first.onnx")).hasSameBinaryContentAs(folder.resolve("second.onnx"));
    }

    @Test
    void theFileStatesVersionsNamesAndAFreeBatchAxis() throws IOException {
        Path file = folder.resolve("model.onnx");

        EXPORT.write(weights(1), file);

        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        assertThat(model.getIrVersion()).isEqualTo(8);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(model.getGraph().getInput(0).getName()).isEqualTo("INPUT__0");
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("OUTPUT__0");
        assertThat(model.getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("N");
    }

    /**
     * Returns initial weights with random values added to all vectors, so that folding the batch norms changes the
     * weights.
     */
    private static StateDict weights(long seed) {
        KaimingInitialization initial = new KaimingInitialization(seed);
        SplittableRandom random = new SplittableRandom(seed);
        return StateDict.of(NARROW, tensor -> perturbed(tensor, initial.apply(tensor), random));
    }

    private static float[] perturbed(TensorSpec tensor, float[] values, SplittableRandom random) {
        for (int k = 0; k < values.length && tensor.shape().dimension() == 1; k++) {
            values[k] += (float) random.nextDouble(0.3);
        }
        return values;
    }

    private static List<float[]> inputs() {
        SplittableRandom random = new SplittableRandom(3);
        float[] input = new float[InputShape.REFERENCE.elements()];
        for (int k = 0; k < input.length; k++) {
            input[k] = (float) random.nextGaussian();
        }
        return List.of(input, new float[InputShape.REFERENCE.elements()]);
    }
}
