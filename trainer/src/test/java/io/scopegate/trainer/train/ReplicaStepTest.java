package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.Replicas;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaStepTest {

    private static final StateDict START =
            KaimingInitialization.stateDict(new SeResNet(new Architecture(16, List.of(1, 1, 1, 1))), 1);
    private static final int STEPS = 2;

    /**
     * Adam moves a weight by this much in a step even if its gradient is nothing but rounding error, and then in
     * either direction. In single precision the direction depends on the processor, so weights are compared in double
     * precision only.
     */
    private static final double LEARNING_RATE = 2e-5;

    private final NDManager engine = TorchEngine.newManager();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 1e-9", "FLOAT32, 1e-4"})
    void twoReplicasEqualTheHalvesComputedByHand(DataType type, double tolerance) {
        Fitted byHand = new HalvesByHand(type, LEARNING_RATE).fit(engine, START, STEPS);

        assertEqual(fit(type, 2, false), byHand, tolerance);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 2, 1e-9", "FLOAT64, 4, 1e-9", "FLOAT32, 2, 1e-4"})
    void syncBatchNormEqualsOneDeviceWithTheWholeBatch(DataType type, int count, double tolerance) {
        Fitted whole = fit(type, 1, false);

        assertEqual(fit(type, count, true), whole, tolerance);
    }

    /**
     * A garbage collection between the forward and the backward pass must not free what the backward pass reads: see
     * "Why is a loss divided by an array?" in the rationale.
     */
    @Test
    void collectingGarbageBeforeBackwardChangesNoGradient() {
        List<double[]> undisturbed = gradientsWithSyncBatchNorm(() -> {});

        List<double[]> disturbed = gradientsWithSyncBatchNorm(System::gc);

        assertThat(Fitted.difference(disturbed, undisturbed)).isLessThan(1e-9);
    }

    private List<double[]> gradientsWithSyncBatchNorm(Runnable beforeBackward) {
        try (NDManager manager = engine.newSubManager();
                Replicas replicas = new Replicas(List.of(manager, manager), START, DataType.FLOAT64);
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            List<NDArray> inputs = IntStream.range(0, 2)
                    .mapToObj(k -> NoiseFrames.input(manager, k, 2, DataType.FLOAT64))
                    .toList();
            List<NDArray> logits = replicas.logits(inputs, true);
            NDArray loss = CrossEntropy.sum(logits.getFirst(), NoiseFrames.targets(manager, 0, 2, DataType.FLOAT64));
            beforeBackward.run();
            collector.backward(loss);
            return Fitted.gradients(replicas.first());
        }
    }

    /**
     * Counter-check of {@link #syncBatchNormEqualsOneDeviceWithTheWholeBatch}: the frames are different enough to show
     * in the statistics.
     */
    @Test
    void withoutSyncBatchNormTheStatisticsAreNotTheWholeBatchs() {
        Fitted whole = fit(DataType.FLOAT64, 1, false);

        Fitted halves = fit(DataType.FLOAT64, 2, false);

        assertThat(Fitted.difference(halves.statistics(), whole.statistics())).isGreaterThan(1e-2);
    }

    @Test
    void gradientsOfTwoRunsAddUp() {
        try (Replicas replicas = new Replicas(List.of(engine, engine), START, DataType.FLOAT64);
                NDManager scratch = engine.newSubManager()) {
            ReplicaStep step = new ReplicaStep(engine, replicas, false);
            run(step, 2, DataType.FLOAT64, scratch);
            List<double[]> once = Fitted.gradients(replicas.first());

            run(step, 2, DataType.FLOAT64, scratch);

            List<double[]> twice = once.stream()
                    .map(gradient -> Arrays.stream(gradient).map(g -> 2 * g).toArray())
                    .toList();
            assertThat(Fitted.difference(Fitted.gradients(replicas.first()), twice))
                    .isLessThan(1e-9);
        }
    }

    @Test
    void batchIsSplitInItsOrder() {
        float[] tensors = new float[4 * InputShape.REFERENCE.elements()];
        tensors[tensors.length - 1] = 7;
        List<Label> labels = List.of(Label.IN_BODY, Label.IN_BODY, Label.IN_BODY, Label.OUT_OF_BODY);

        List<Batch> shards = new Batch(tensors, labels, new float[8], InputShape.REFERENCE).shards(2);

        assertThat(shards).extracting(Batch::labels).containsExactly(labels.subList(0, 2), labels.subList(2, 4));
        assertThat(shards.getLast().tensors()).hasSize(tensors.length / 2).endsWith(7);
    }

    @Test
    void batchNotDivisibleByTheReplicaCountIsRefused() {
        Batch batch = new Batch(
                new float[3 * InputShape.REFERENCE.elements()],
                Collections.nCopies(3, Label.IN_BODY),
                new float[6],
                InputShape.REFERENCE);

        assertThatThrownBy(() -> batch.shards(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch: as many frames for each of 2 replicas, not 3 in all");
        assertThatThrownBy(() -> batch.shards(4)).hasMessageContaining("each of 4 replicas, not 3");
    }

    private Fitted fit(DataType type, int count, boolean syncBatchNorm) {
        try (NDManager manager = engine.newSubManager();
                Replicas replicas = new Replicas(Collections.nCopies(count, manager), START, type)) {
            ReplicaStep step = new ReplicaStep(manager, replicas, syncBatchNorm);
            Adam adam = new Adam(manager, replicas.first(), 0);
            double loss = 0;
            List<double[]> gradients = List.of();
            for (int k = 0; k < STEPS; k++) {
                try (NDManager scratch = manager.newSubManager()) {
                    loss = run(step, count, type, scratch);
                    gradients = Fitted.gradients(replicas.first());
                    adam.update(LEARNING_RATE, scratch);
                }
            }
            return Fitted.of(loss, gradients, replicas.first());
        }
    }

    private static void assertEqual(Fitted actual, Fitted expected, double tolerance) {
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(actual.loss()).as("loss").isCloseTo(expected.loss(), within(tolerance));
            softly.assertThat(Fitted.difference(actual.gradients(), expected.gradients()))
                    .as("gradients")
                    .isLessThan(tolerance);
            if (tolerance < LEARNING_RATE) {
                softly.assertThat(Fitted.difference(actual.values(), expected.values()))
                        .as("values")
                        .isLessThan(tolerance);
            }
            softly.assertThat(Fitted.difference(actual.statistics(), expected.statistics()))
                    .as("statistics")
                    .isLessThan(tolerance);
        });
    }

    private static double run(ReplicaStep step, int count, DataType type, NDManager scratch) {
        List<NDArray> inputs = IntStream.range(0, count)
                .mapToObj(k -> NoiseFrames.input(scratch, k, count, type))
                .toList();
        List<NDArray> targets = IntStream.range(0, count)
                .mapToObj(k -> NoiseFrames.targets(scratch, k, count, type))
                .toList();
        return step.run(inputs, targets, scratch).loss();
    }
}
