package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Samples;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLoopTest {

    private static final LabelledTensors ALWAYS_HALF_RIGHT = new LabelledTensors(
            List.of(Stripes.tensor(0), Stripes.tensor(0)), List.of(Label.IN_BODY, Label.OUT_OF_BODY));

    @TempDir
    Path folder;

    private TinyRun run;

    @BeforeEach
    void prepare() {
        run = new TinyRun(folder);
    }

    @Test
    void lossFallsOnFramesThatCanBeToldApart() throws IOException {
        run.plan = TinyRun.plan(16, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);

        run.fit();

        assertThat(run.epochs).hasSize(16);
        assertThat(run.epochs.getLast().loss())
                .isLessThan(0.5 * run.epochs.getFirst().loss());
    }

    @Test
    void sameSeedGivesTheSameWeightsWithAnyNumberOfThreads() throws IOException {
        StateDict one = run.fit();
        run.threads = 3;

        StateDict three = run.fit();

        one.asMap().forEach((key, values) -> assertThat(three.values(key)).isEqualTo(values));
    }

    /**
     * The network answers in body, whatever it sees, and the labels of the validation frames change with the epoch, so
     * that the accuracy rises, falls and rises again to the same height.
     */
    @Test
    void bestCheckpointIsTheFirstEpochWithTheHighestAccuracy() throws IOException {
        StateDict inBody = KaimingInitialization.stateDict(TinyRun.NETWORK, 1);
        inBody.values("last_linear.bias")[0] = 100;
        run.start = Start.of(inBody);
        run.plan = TinyRun.plan(2, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);
        StateDict afterTwo = run.fit();
        run.epochs.clear();
        List<Label> half = List.of(Label.IN_BODY, Label.OUT_OF_BODY);
        List<Label> all = List.of(Label.IN_BODY, Label.IN_BODY);
        run.validation = new LabelledTensors(
                List.of(Stripes.tensor(0), Stripes.tensor(0)),
                new Changing(List.of(half, all, half, all).iterator()));
        run.plan = TinyRun.plan(4, 0.001, Checkpoint.BEST, FitOptions.REFERENCE);

        StateDict best = run.fit();

        assertThat(run.epochs.stream().map(epoch -> epoch.validationAccuracy().orElseThrow()))
                .containsExactly(0.5, 1.0, 0.5, 1.0);
        assertThat(best.values("last_linear.weight")).isEqualTo(afterTwo.values("last_linear.weight"));
    }

    /** Labels of two frames that change with each look at both. */
    private static final class Changing extends AbstractList<Label> {

        private final Iterator<List<Label>> looks;

        private Changing(Iterator<List<Label>> looks) {
            this.looks = looks;
        }

        @Override
        public Label get(int index) {
            throw new AssertionError("both are looked at together");
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public List<Label> subList(int first, int end) {
            return looks.next().subList(first, end);
        }
    }

    /**
     * The accuracy is the same in each epoch and the patience is 2, so the run ends after epoch 3 and keeps the last
     * weights.
     */
    @Test
    void trainingStopsEarlyAfterPatienceValidations() throws IOException {
        run.validation = ALWAYS_HALF_RIGHT;
        run.plan = TinyRun.plan(9, 0.001, Checkpoint.LAST, looks(1, 2));

        StateDict last = run.fit();

        assertThat(run.epochs).hasSize(3);
        assertThat(SafeTensors.read(TinyRun.NETWORK, run.checkpoint()).values("last_linear.weight"))
                .isEqualTo(last.values("last_linear.weight"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 3, 1", "2, 1, 4, 2"})
    void earlyStopIsReportedAndRepeatedAfterResume(int interval, int patience, int end, int best) throws IOException {
        run.validation = ALWAYS_HALF_RIGHT;
        run.plan = TinyRun.plan(9, 0.001, Checkpoint.LAST, looks(interval, patience));

        run.start(() -> false);

        assertThat(run.stops).containsExactly(new EarlyStop(end, 9, best, patience));
        run.resume("a");
        assertThat(run.epochs).hasSize(end);
        assertThat(run.stops).hasSize(2).containsOnly(new EarlyStop(end, 9, best, patience));
    }

    @Test
    void runThatReachesItsLastEpochDoesNotStopEarly() throws IOException {
        run.validation = ALWAYS_HALF_RIGHT;
        run.plan = TinyRun.plan(3, 0.001, Checkpoint.LAST, looks(1, 2));

        run.fit();

        assertThat(run.epochs).hasSize(3);
        assertThat(run.stops).isEmpty();
    }

    @Test
    void validationFramesAreLookedAtEachIntervalAndInTheEnd() throws IOException {
        run.validation = ALWAYS_HALF_RIGHT;
        run.plan = TinyRun.plan(3, 0.001, Checkpoint.BEST, looks(2, 0));

        run.fit();

        assertThat(run.epochs.stream().map(epoch -> epoch.validationAccuracy().isPresent()))
                .containsExactly(false, true, true);
    }

    @Test
    void validationBatchIsLimitedToTheMicroBatchSize() throws IOException {
        List<Integer> looks = new ArrayList<>();
        run.validation = new LabelledTensors(
                Collections.nCopies(3, Stripes.tensor(0)),
                new RecordedLabels(Collections.nCopies(3, Label.IN_BODY), looks));
        run.plan = TinyRun.plan(1, 0.001, Checkpoint.LAST, microBatches(2));

        run.fit();

        assertThat(looks).containsExactly(2, 1);
    }

    @Test
    void lossThatIsNoNumberStopsTheRun() {
        run.samples = new Stripes(8, Float.NaN);

        assertThatThrownBy(run::fit).isInstanceOf(TrainingDivergedException.class);
    }

    /**
     * An augmentation thread runs out of memory: the caller gets the error as if the fitting thread had thrown it.
     */
    @Test
    void outOfMemoryErrorInAugmentationThreadReachesTheCaller() {
        run.samples = new Failing(run.samples, () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThatThrownBy(run::fit).isInstanceOf(OutOfMemoryError.class).hasMessage("Java heap space");
    }

    @Test
    void frameThatCannotBeAugmentedIsNamed() {
        run.samples = new Failing(new Stripes(1, 1), () -> {
            throw new ArithmeticException("/ by zero");
        });

        assertThatThrownBy(run::fit)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("0.png: not augmented: java.lang.ArithmeticException: / by zero");
    }

    /** Frames whose augmentation fails. */
    private record Failing(Samples frames, Runnable failure) implements Samples {

        @Override
        public int size() {
            return frames.size();
        }

        @Override
        public LabelledFrame frame(int index) {
            return frames.frame(index);
        }

        @Override
        public Samples forAnotherThread() {
            return this;
        }

        @Override
        public void draw(int index, RandomGenerator random, float[] tensor) {
            failure.run();
        }
    }

    @Test
    void framesAreSeenAtHalfOfEachSideInTheFirstEpochsAlone() throws IOException {
        List<Double> whole = losses(0);
        List<Double> oneHalf = losses(1);
        List<Double> allHalf = losses(3);

        assertThat(oneHalf.getFirst()).isEqualTo(allHalf.getFirst()).isNotEqualTo(whole.getFirst());
        assertThat(oneHalf.get(1)).isNotEqualTo(allHalf.get(1)).isNotEqualTo(whole.get(1));
    }

    private List<Double> losses(int halfSizeEpochs) throws IOException {
        run.epochs.clear();
        run.plan = TinyRun.plan(3, 0.001, Checkpoint.LAST, halfSize(halfSizeEpochs));
        run.fit();
        return run.epochs.stream().map(EpochReport::loss).toList();
    }

    private static FitOptions looks(int interval, int patience) {
        FitOptions reference = FitOptions.REFERENCE;
        return new FitOptions(
                reference.rate(),
                0,
                reference.objective(),
                reference.microBatch(),
                interval,
                patience,
                0,
                reference.fineTuning());
    }

    private static FitOptions microBatches(int most) {
        FitOptions reference = FitOptions.REFERENCE;
        return new FitOptions(reference.rate(), 0, reference.objective(), most, 1, 0, 0, reference.fineTuning());
    }

    /** Labels that record how many of them each batch of the validation takes. */
    private static final class RecordedLabels extends AbstractList<Label> {

        private final List<Label> labels;
        private final List<Integer> looks;

        private RecordedLabels(List<Label> labels, List<Integer> looks) {
            this.labels = labels;
            this.looks = looks;
        }

        @Override
        public Label get(int index) {
            return labels.get(index);
        }

        @Override
        public int size() {
            return labels.size();
        }

        @Override
        public List<Label> subList(int first, int end) {
            looks.add(end - first);
            return labels.subList(first, end);
        }
    }

    private static FitOptions halfSize(int epochs) {
        FitOptions reference = FitOptions.REFERENCE;
        return new FitOptions(
                reference.rate(),
                0,
                reference.objective(),
                reference.microBatch(),
                1,
                0,
                epochs,
                reference.fineTuning());
    }
}
