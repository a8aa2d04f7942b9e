package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.Parameters.Mode;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicasTest {

    private static final StateDict START =
            KaimingInitialization.stateDict(new SeResNet(new Architecture(4, List.of(1, 1, 1, 1))), 1);
    private static final String MEAN = "layer1.0.conv2.adn.N.running_mean";

    private final NDManager engine = TorchEngine.newManager();
    private final NDArray dark = noise(1, 0);
    private final NDArray bright = noise(2, 3);

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void eachReplicaKeepsTheStatisticsOfItsOwnShard() {
        try (Replicas replicas = new Replicas(List.of(engine, engine), START, DataType.FLOAT64)) {
            replicas.logits(List.of(dark, bright), false);

            assertThat(statistics(replicas.first())).isEqualTo(statisticsAfter(dark));
            assertThat(statistics(replicas.others().getFirst())).isEqualTo(statisticsAfter(bright));
        }
    }

    @Test
    void syncBatchNormGivesAllReplicasTheSameStatistics() {
        try (Replicas replicas = new Replicas(List.of(engine, engine), START, DataType.FLOAT64)) {
            replicas.logits(List.of(dark, bright), true);

            assertThat(statistics(replicas.first()))
                    .isEqualTo(statistics(replicas.others().getFirst()))
                    .isNotEqualTo(statisticsAfter(dark));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void frozenBatchNormsKeepTheirStatistics(boolean syncBatchNorm) {
        Frozen layer1 = new Frozen(Set.of(Stage.LAYER1), false);
        try (Replicas replicas = new Replicas(List.of(engine, engine), START, DataType.FLOAT64, layer1)) {
            replicas.logits(List.of(dark, bright), syncBatchNorm);

            assertThat(statistics(replicas.first())).containsOnly(0);
            assertThat(statistics(replicas.others().getFirst())).containsOnly(0);
            assertThat(replicas.first()
                            .parameter("layer2.0.conv2.adn.N.running_mean")
                            .values()
                            .toDoubleArray())
                    .doesNotContain(0);
        }
    }

    @Test
    void frozenBatchNormLogitsAreEqualInTrainingAndInference() {
        try (Parameters frozen = new Parameters(engine, START, DataType.FLOAT64, new Frozen(Set.of(), true))) {
            double[] training = frozen.logits(dark, Mode.TRAINING).toDoubleArray();

            assertThat(training)
                    .containsExactly(frozen.logits(dark, Mode.INFERENCE).toDoubleArray());
        }
    }

    @Test
    void valuesSpreadFromTheFirstReplicaToTheOthersWithoutItsStatistics() {
        try (Replicas replicas = new Replicas(List.of(engine, engine), START, DataType.FLOAT64);
                NDManager scratch = engine.newSubManager()) {
            Parameters other = replicas.others().getFirst();
            replicas.first().all().forEach(parameter -> parameter.values().addi(1));

            replicas.spreadValues(scratch);

            assertThat(other.parameter("last_linear.bias").values().toDoubleArray())
                    .containsExactly(1, 1);
            assertThat(statistics(other)).containsOnly(0);
        }
    }

    private double[] statisticsAfter(NDArray batch) {
        try (Parameters alone = new Parameters(engine, START, DataType.FLOAT64)) {
            alone.logits(batch, Mode.TRAINING);
            return statistics(alone);
        }
    }

    private static double[] statistics(Parameters parameters) {
        return parameters.parameter(MEAN).values().toDoubleArray();
    }

    private NDArray noise(long seed, double brightness) {
        double[] noise = new Random(seed).doubles(2 * 3 * 32 * 32).toArray();
        return engine.create(noise, new Shape(2, 3, 32, 32)).add(brightness);
    }
}
