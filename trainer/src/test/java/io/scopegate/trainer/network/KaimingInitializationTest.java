package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KaimingInitializationTest {

    private static final SeResNet NETWORK = new SeResNet(new Architecture(16, List.of(1, 1, 1, 1)));
    private static final StateDict WEIGHTS = KaimingInitialization.stateDict(NETWORK, 1);

    @Test
    void convolutionsHaveTheVarianceOfTwoByFanIn() {
        float[] values = WEIGHTS.values("layer4.0.conv2.conv.weight");

        double variance = squares(values) / values.length;

        assertThat(variance).isCloseTo(2.0 / (128 * 9), within(0.02 * 2 / (128 * 9)));
    }

    @Test
    void denseWeightsStayWithinTheirBoundAndBiasesAreZero() {
        float[] values = WEIGHTS.values("layer4.0.se_layer.fc.0.weight");
        double bound = 1 / Math.sqrt(512);

        assertThat(IntStream.range(0, values.length).allMatch(k -> Math.abs(values[k]) <= bound))
                .isTrue();
        assertThat(squares(values) / values.length).isCloseTo(bound * bound / 3, within(0.02 * bound * bound / 3));
        assertThat(WEIGHTS.values("last_linear.bias")).containsOnly(0);
    }

    @Test
    void batchNormsStartAsIdentity() {
        assertThat(WEIGHTS.values("layer0.bn1.weight")).containsOnly(1);
        assertThat(WEIGHTS.values("layer0.bn1.running_var")).containsOnly(1);
        assertThat(WEIGHTS.values("layer0.bn1.bias")).containsOnly(0);
    }

    private static double squares(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(k -> (double) values[k] * values[k])
                .sum();
    }
}
