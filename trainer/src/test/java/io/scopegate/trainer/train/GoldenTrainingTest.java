package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Mode;
import io.scopegate.trainer.network.Parameters.Parameter;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GoldenTrainingTest {

    private static final Offset<Double> TOLERANCE = within(1e-6);

    @Test
    void threeTrainingStepsMatchTheReference() throws IOException {
        GoldenValues golden = GoldenValues.load();
        JsonNode expected = golden.root().get("train_f64");
        try (NDManager manager = NDManager.newBaseManager();
                Parameters parameters = new Parameters(manager, GoldenValues.weights(), DataType.FLOAT64)) {
            NDArray batch = ReferenceBatch.create(golden, manager);
            Adam adam = new Adam(manager, parameters, 0);
            SoftAssertions.assertSoftly(softly -> {
                for (JsonNode step : expected.get("steps")) {
                    try (NDManager scratch = manager.newSubManager()) {
                        step(softly, step, batch, new Fitting(parameters, adam, scratch));
                    }
                }
                compare(softly, expected, "bn1_running_mean_after", values(parameters, "layer0.bn1.running_mean"));
                compare(softly, expected, "bn1_running_var_after", values(parameters, "layer0.bn1.running_var"));
            });
        }
    }

    private record Fitting(Parameters parameters, Adam adam, NDManager scratch) {}

    private static void step(SoftAssertions softly, JsonNode expected, NDArray batch, Fitting fitting) {
        String name = "step " + expected.get("step");
        Parameters parameters = fitting.parameters();
        NDArray targets = fitting.scratch().create(new double[] {1, 0, 0, 1, 1, 0, 0, 1}, new Shape(4, 2));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = parameters.logits(batch.duplicate(), Mode.TRAINING);
            NDArray loss = CrossEntropy.sum(logits, targets);
            collector.backward(loss);
            compareLogits(softly, expected, logits.toDoubleArray());
            softly.assertThat(loss.getDouble())
                    .as(name + " loss")
                    .isCloseTo(expected.get("loss").asDouble(), TOLERANCE);
        }
        compare(softly, expected, "grad_last_linear_bias", gradient(parameters, "last_linear.bias"));
        double[] stem = gradient(parameters, "layer0.conv1.weight");
        double sum = expected.get("grad_conv1_abs_sum").asDouble();
        softly.assertThat(Arrays.stream(stem).map(Math::abs).sum())
                .as(name + " sum of stem gradients")
                .isCloseTo(sum, within(1e-6 * sum));
        softly.assertThat(stem[0])
                .as(name + " first stem gradient")
                .isCloseTo(expected.get("grad_conv1_first").asDouble(), TOLERANCE);
        fitting.adam().update(1e-3, fitting.scratch());
    }

    private static void compareLogits(SoftAssertions softly, JsonNode expected, double[] logits) {
        for (int k = 0; k < logits.length; k++) {
            softly.assertThat(logits[k])
                    .as("step " + expected.get("step") + " logit " + k)
                    .isCloseTo(expected.get("logits").get(k / 2).get(k % 2).asDouble(), TOLERANCE);
        }
    }

    private static void compare(SoftAssertions softly, JsonNode expected, String field, double[] values) {
        for (int k = 0; k < expected.get(field).size(); k++) {
            softly.assertThat(values[k])
                    .as(field + " " + k)
                    .isCloseTo(expected.get(field).get(k).asDouble(), TOLERANCE);
        }
    }

    private static double[] gradient(Parameters parameters, String key) {
        try (NDArray gradient = parameter(parameters, key).leaf().getGradient()) {
            return gradient.toDoubleArray();
        }
    }

    private static double[] values(Parameters parameters, String key) {
        return parameter(parameters, key).values().toDoubleArray();
    }

    private static Parameter parameter(Parameters parameters, String key) {
        return parameters.all().stream()
                .filter(p -> p.tensor().key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
