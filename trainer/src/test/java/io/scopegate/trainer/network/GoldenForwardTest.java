package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.network.Parameters.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class GoldenForwardTest {

    private static final Shape ONE_FRAME = new Shape(1, 3, 256, 256);

    @Test
    void logitsMatchTheReference() throws IOException {
        GoldenValues golden = GoldenValues.load();
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, GoldenValues.weights(), DataType.FLOAT32)) {
            SoftAssertions.assertSoftly(softly -> {
                for (JsonNode item : golden.root().get("cases")) {
                    compareLogits(softly, golden, parameters, item);
                }
            });
        }
    }

    private static void compareLogits(
            SoftAssertions softly, GoldenValues golden, Parameters parameters, JsonNode item) {
        String image = item.get("image").asText();
        double tolerance = image.endsWith(".png") ? 1e-4 : 1e-3;
        float[] logits = logits(parameters, golden, image);
        for (int k = 0; k < logits.length; k++) {
            softly.assertThat((double) logits[k])
                    .as(image + " logit " + k)
                    .isCloseTo(item.get("logits_f32").get(k).asDouble(), within(tolerance));
        }
    }

    private static float[] logits(Parameters parameters, GoldenValues golden, String image) {
        try (NDManager step = NDManager.newBaseManager()) {
            NDArray input = step.create(GoldenInput.tensor(golden.picture(image)), ONE_FRAME);
            return parameters.logits(input, Mode.INFERENCE).toFloatArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyStageMatchesTheReferenceStatistics() throws IOException {
        GoldenValues golden = GoldenValues.load();
        JsonNode stages = golden.root().get("stage_case0_f64");
        SeResNet network = new SeResNet(Architecture.SE_RESNET_50);
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, GoldenValues.weights(), DataType.FLOAT64)) {
            Layers<NDArray> layers = parameters.layers(Mode.INFERENCE);
            NDArray input = manager.create(GoldenInput.tensor(golden.picture("img0_64x48.png")), ONE_FRAME)
                    .toType(DataType.FLOAT64, false);
            NDArray features = network.stem(layers, input);
            compareStage(stages, "layer0", features);
            for (int layer = 1; layer <= Architecture.LAYERS; layer++) {
                features = network.layer(layers, features, layer);
                compareStage(stages, "layer" + layer, features);
            }
            compareStage(stages, "adaptive_avg_pool", layers.globalAveragePool(features));
        }
    }

    private static void compareStage(JsonNode stages, String name, NDArray features) {
        double[] values = features.toDoubleArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        JsonNode expected = stages.get(name);
        assertThat(mean).as(name + " mean").isCloseTo(expected.get("mean").asDouble(), within(1e-6));
        assertThat(Math.sqrt(variance))
                .as(name + " deviation")
                .isCloseTo(expected.get("std").asDouble(), within(1e-6));
        assertThat(values[0])
                .as(name + " first")
                .isCloseTo(expected.get("first").asDouble(), within(1e-6));
        assertThat(values[values.length - 1])
                .as(name + " last")
                .isCloseTo(expected.get("last").asDouble(), within(1e-6));
    }
}
