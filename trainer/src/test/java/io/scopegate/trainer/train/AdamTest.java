package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Parameter;
import io.scopegate.trainer.network.TorchEngine;
import org.junit.jupiter.api.Test;

class AdamTest {

    /**
     * With a decay of 0.5, a parameter of 1 and a gradient of 0.01, Adam works with a gradient of 0.51. The first
     * update is the whole learning rate, so the parameter becomes 0.9, and the second gradient is 0.01 + 0.5 * 0.9 =
     * 0.46. Before bias correction, the moments are then m = 0.1 * (0.9 * 0.51 + 0.46) and v = 0.001 * (0.999 * 0.51^2
     * + 0.46^2).
     */
    @Test
    void weightDecayIsAddedToTheGradient() {
        try (NDManager manager = TorchEngine.newManager();
                Parameters parameters = new Parameters(
                        manager, KaimingInitialization.stateDict(TinyRun.NETWORK, 1), DataType.FLOAT64)) {
            Adam adam = new Adam(manager, parameters, 0.5);

            update(manager, parameters, adam);
            assertThat(normWeight(parameters).values().getDouble(0)).isCloseTo(0.9, within(1e-6));
            update(manager, parameters, adam);

            double mean = 0.1 * (0.9 * 0.51 + 0.46) / (1 - 0.81);
            double square = 0.001 * (0.999 * 0.51 * 0.51 + 0.46 * 0.46) / (1 - 0.999 * 0.999);
            assertThat(normWeight(parameters).values().getDouble(0))
                    .isCloseTo(0.9 - 0.1 * mean / Math.sqrt(square), within(1e-6));
        }
    }

    /** Makes one update with a learning rate of 0.1 and gradients that are all 0.01. */
    private static void update(NDManager manager, Parameters parameters, Adam adam) {
        try (NDManager scratch = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray sum = scratch.create(0.0);
                for (Parameter parameter : parameters.trainable()) {
                    sum = sum.add(parameter.leaf().sum().mul(0.01));
                }
                collector.backward(sum);
            }
            adam.update(0.1, scratch);
        }
    }

    private static Parameter normWeight(Parameters parameters) {
        return parameters.trainable().stream()
                .filter(parameter -> parameter.tensor().key().equals("layer0.bn1.weight"))
                .findFirst()
                .orElseThrow();
    }
}
