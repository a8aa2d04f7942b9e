package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Samples;
import io.scopegate.trainer.dataset.TensorAugmentation;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.DevicePlan;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import io.scopegate.trainer.train.TrainingRun.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

    /** Narrower ones have channels that oneDNN 3.7.1 pads with whatever the memory held, not-a-numbers included. */
    private static final SeResNet NETWORK = new SeResNet(new Architecture(16, List.of(1, 1, 1, 1)));

    private static final LabelledTensors NO_VALIDATION = new LabelledTensors(List.of(), List.of());

    @TempDir
    Path folder;

    private final List<EpochReport> reports = new ArrayList<>();

    @Test
    void lossFallsOnFramesThatCanBeToldApart() throws IOException {
        fit(plan(8, 0.003, Checkpoint.LAST), NO_VALIDATION);

        assertThat(reports).hasSize(8);
        assertThat(reports.getLast().loss()).isLessThan(0.5 * reports.getFirst().loss());
    }

    @Test
    void sameSeedGivesTheSameWeights() throws IOException {
        StateDict first = fit(plan(2, 0.001, Checkpoint.LAST), NO_VALIDATION);
        StateDict second = fit(plan(2, 0.001, Checkpoint.LAST), NO_VALIDATION);

        first.asMap().forEach((key, values) -> assertThat(second.values(key)).containsExactly(values));
    }

    @Test
    void bestCheckpointIsTheFirstEpochWithTheHighestAccuracy() throws IOException {
        LabelledTensors alwaysHalfRight =
                new LabelledTensors(List.of(tensor(0), tensor(0)), List.of(Label.IN_BODY, Label.OUT_OF_BODY));
        StateDict afterOne = fit(plan(1, 0.001, Checkpoint.LAST), alwaysHalfRight);

        StateDict best = fit(plan(3, 0.001, Checkpoint.BEST), alwaysHalfRight);

        assertThat(best.values("last_linear.weight")).containsExactly(afterOne.values("last_linear.weight"));
        assertThat(reports.getLast().validationAccuracy()).contains(0.5);
    }

    @Test
    void keptWeightsAreOnDisk() throws IOException {
        StateDict kept = fit(plan(1, 0.001, Checkpoint.LAST), NO_VALIDATION);

        StateDict read = SafeTensors.read(NETWORK, folder.resolve("weights.safetensors"));

        assertThat(read.values("last_linear.weight")).containsExactly(kept.values("last_linear.weight"));
    }

    @Test
    void lossThatIsNoNumberStopsTheRun() {
        assertThatThrownBy(() -> fit(plan(1, 0.001, Checkpoint.LAST), NO_VALIDATION, Float.NaN))
                .isInstanceOf(TrainingDivergedException.class);
    }

    private StateDict fit(FitPlan plan, LabelledTensors validation) throws IOException {
        return fit(plan, validation, 1);
    }

    private StateDict fit(FitPlan plan, LabelledTensors validation, float scale) throws IOException {
        TrainingRun run = new TrainingRun(
                5,
                KaimingInitialization.stateDict(NETWORK, 1),
                new Stripes(scale),
                new Sources(Map.of("stripes", 0), List.of(1.0)),
                validation,
                folder.resolve("weights.safetensors"),
                reports::add);
        try (NDManager engine = TorchEngine.newManager()) {
            return new TrainingLoop(plan, run).fit(List.of(engine));
        }
    }

    private static FitPlan plan(int epochs, double learningRate, Checkpoint checkpoint) {
        return new FitPlan(
                epochs,
                4,
                Drawing.SHUFFLED,
                1,
                0.5,
                learningRate,
                Schedule.CONSTANT,
                0,
                checkpoint,
                Optional.empty(),
                TensorAugmentation.REFERENCE,
                DevicePlan.CPU);
    }

    /** Waves along one axis or the other. */
    private static float[] tensor(int index) {
        float[] tensor = new float[InputShape.REFERENCE.elements()];
        for (int k = 0; k < tensor.length; k++) {
            int along = index % 2 == 0 ? k % 256 : k / 256 % 256;
            tensor[k] = (float) Math.sin(along / 4.0 + index);
        }
        return tensor;
    }

    private record Stripes(float scale) implements Samples {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public LabelledFrame frame(int index) {
            return new LabelledFrame(Path.of(index + ".png"), Label.values()[index % 2], "stripes");
        }

        @Override
        public void draw(int index, RandomGenerator random, float[] tensor) {
            float[] drawn = tensor(index);
            for (int k = 0; k < tensor.length; k++) {
                tensor[k] = drawn[k] * scale;
            }
        }
    }
}
