package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.plan.FitOptions.Rate;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import io.scopegate.trainer.train.TrainingRun.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private static final Sources ONE_SOURCE = new Sources(Map.of("big", 0, "small", 0), List.of(1.0));

    @Test
    void shuffledEpochHasEveryFrameOnce() {
        int[] order = DrawingOrder.shuffled(100).epoch(new SplittableRandom(1));

        assertThat(order).isNotEqualTo(IntStream.range(0, 100).toArray());
        assertThat(Arrays.stream(order).sorted())
                .containsExactly(IntStream.range(0, 100).boxed().toArray(Integer[]::new));
    }

    @Test
    void balancedEpochHasBothLabelsEquallyOften() {
        List<LabelledFrame> frames =
                List.of(frame(Label.IN_BODY, "big"), frame(Label.IN_BODY, "big"), frame(Label.OUT_OF_BODY, "small"));

        int[] order = new BalancedOrder(1000, 0.5, frames, ONE_SOURCE).epoch(new SplittableRandom(1));

        assertThat(Arrays.stream(order).filter(k -> k == 2)).hasSize(500);
    }

    @Test
    void outOfBodyShareIsMetInTheEpochAndItsFirstFrames() {
        List<LabelledFrame> frames = List.of(frame(Label.IN_BODY, "big"), frame(Label.OUT_OF_BODY, "small"));

        int[] order = new BalancedOrder(1000, 0.6, frames, ONE_SOURCE).epoch(new SplittableRandom(1));

        assertThat(Arrays.stream(order).filter(k -> k == 1)).hasSize(600);
        assertThat(Arrays.stream(order, 0, 20).filter(k -> k == 1)).hasSize(12);
    }

    @Test
    void groupsAreDrawnByTheRootOfTheirSize() {
        List<LabelledFrame> frames = new ArrayList<>();
        IntStream.range(0, 9).forEach(k -> frames.add(frame(Label.IN_BODY, "big")));
        frames.add(frame(Label.IN_BODY, "small"));
        frames.add(frame(Label.OUT_OF_BODY, "small"));

        int[] order = new BalancedOrder(20_000, 0.5, frames, ONE_SOURCE).epoch(new SplittableRandom(1));

        long small = Arrays.stream(order).filter(k -> k == 9).count();
        assertThat(small / 10_000.0).isCloseTo(0.25, within(0.02));
    }

    @Test
    void sourcesAreDrawnByTheirWeights() {
        Sources sources = new Sources(Map.of("big", 0, "small", 1), List.of(1.0, 3.0));
        List<LabelledFrame> frames =
                List.of(frame(Label.IN_BODY, "big"), frame(Label.IN_BODY, "small"), frame(Label.OUT_OF_BODY, "small"));

        int[] order = new BalancedOrder(20_000, 0.5, frames, sources).epoch(new SplittableRandom(1));

        long heavy = Arrays.stream(order).filter(k -> k == 1).count();
        assertThat(heavy / 10_000.0).isCloseTo(0.75, within(0.02));
    }

    @Test
    void orderIsPaddedFromItsStartToAsManyFramesForEachReplica() {
        int[] order = {3, 1, 2};

        assertThat(DrawingOrder.padded(order, 1)).containsExactly(3, 1, 2);
        assertThat(DrawingOrder.padded(order, 2)).containsExactly(3, 1, 2, 3);
        assertThat(DrawingOrder.padded(order, 3)).containsExactly(3, 1, 2);
        assertThat(DrawingOrder.padded(order, 8)).containsExactly(3, 1, 2, 3, 1, 2, 3, 1);
    }

    @Test
    void oneLabelAloneCannotBeBalanced() {
        List<LabelledFrame> frames = List.of(frame(Label.IN_BODY, "big"));

        assertThatThrownBy(() -> new BalancedOrder(10, 0.5, frames, ONE_SOURCE))
                .hasMessageContaining("none is outbody");
    }

    @Test
    void labelWhoseSourcesAreNeverDrawnIsNamed() {
        Sources sources = new Sources(Map.of("big", 0, "small", 1), List.of(1.0, 0.0));
        List<LabelledFrame> frames = List.of(frame(Label.IN_BODY, "big"), frame(Label.OUT_OF_BODY, "small"));

        assertThatThrownBy(() -> new BalancedOrder(10, 0.5, frames, sources))
                .hasMessage("data.sources.N.weight: above 0 for a source with outbody to train on, not 0 for each");
    }

    @Test
    void cosineWarmsUpAndFallsToZero() {
        LearningRate rate = new LearningRate(0.1, Schedule.COSINE, Rate.REFERENCE, new LearningRate.Length(10, 100));

        assertThat(rate.at(0)).isCloseTo(0.002, within(1e-9));
        assertThat(IntStream.range(0, 1000).mapToDouble(rate::at).max().orElseThrow())
                .isBetween(0.098, 0.1);
        assertThat(rate.at(999)).isLessThan(1e-5);
    }

    @Test
    void constantStaysThePeak() {
        assertThat(new LearningRate(0.1, Schedule.CONSTANT, Rate.REFERENCE, new LearningRate.Length(1, 10)).at(9))
                .isEqualTo(0.1);
    }

    @Test
    void stepScheduleDecaysEveryStepEpochs() {
        Rate rate = new Rate(-1, 2, 0.1, 1);
        LearningRate steps = new LearningRate(0.5, Schedule.STEP, rate, new LearningRate.Length(6, 10));

        assertThat(steps.at(19)).isEqualTo(0.5);
        assertThat(steps.at(20)).isCloseTo(0.05, within(1e-12));
        assertThat(steps.at(40)).isCloseTo(0.005, within(1e-12));
    }

    @Test
    void polynomialScheduleDecaysByAPowerOfTheRemainder() {
        Rate rate = new Rate(-1, 1, 1, 2);
        LearningRate polynomial = new LearningRate(0.8, Schedule.POLYNOMIAL, rate, new LearningRate.Length(1, 10));

        assertThat(polynomial.at(0)).isEqualTo(0.8);
        assertThat(polynomial.at(5)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void warmUpRisesToThePeak() {
        Rate rate = new Rate(4, 1, 1, 1);
        LearningRate constant = new LearningRate(0.8, Schedule.CONSTANT, rate, new LearningRate.Length(1, 10));

        assertThat(IntStream.range(0, 6).mapToDouble(constant::at))
                .containsExactly(0.2, 0.4, 0.6000000000000001, 0.8, 0.8, 0.8);
    }

    private static LabelledFrame frame(Label label, String group) {
        return new LabelledFrame(Path.of("x.jpg"), label, group);
    }
}
