package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Samples;
import io.scopegate.trainer.dataset.TensorAugmentation;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.DevicePlan;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import io.scopegate.trainer.train.TrainingRun.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicatedTrainingTest {

    private static final SeResNet NETWORK = new SeResNet(new Architecture(16, List.of(1, 1, 1, 1)));

    @TempDir
    Path folder;

    private final List<EpochReport> reports = new ArrayList<>();
    private final List<StepReport> steps = new ArrayList<>();

    private final class RecordingListener implements TrainingListener {
        @Override
        public void epoch(EpochReport report) {
            reports.add(report);
        }

        @Override
        public void step(StepReport report) {
            steps.add(report);
        }
    }

    /** Frames that differ in brightness and noise. */
    private record Brightness(int size) implements Samples {
        @Override
        public LabelledFrame frame(int index) {
            return new LabelledFrame(Path.of(index + ".png"), Label.values()[index % 2], "frames");
        }

        @Override
        public Samples forAnotherThread() {
            return this;
        }

        @Override
        public void draw(int index, RandomGenerator random, float[] tensor) {
            SplittableRandom noise = new SplittableRandom(index);
            for (int k = 0; k < tensor.length; k++) {
                tensor[k] = (float) noise.nextDouble() + index;
            }
        }
    }

    @Test
    void sameSeedAndDevicesGiveTheSameWeights() throws IOException {
        StateDict first = fit(4, 2, 1, false);
        StateDict second = fit(4, 2, 1, false);

        first.asMap().forEach((key, values) -> assertThat(second.values(key)).isEqualTo(values));
    }

    /**
     * Two replicas with synchronised batch norms report the loss of one device with the whole batch; without, they do
     * not.
     */
    @Test
    void lossWithSyncBatchNormEqualsOneDeviceWithTheWholeBatch() throws IOException {
        fit(4, 1, 4, false);
        fit(4, 2, 2, true);
        fit(4, 2, 2, false);

        double whole = reports.getFirst().loss();
        assertThat(reports.get(1).loss()).isCloseTo(whole, within(1e-4));
        assertThat(reports.get(2).loss()).isNotCloseTo(whole, within(1e-4));
    }

    /**
     * The reported loss of an update is the mean over the replicas, here of two frames each; that of an epoch is per
     * frame.
     */
    @Test
    void updateLossIsPerReplicaAndEpochLossIsPerFrame() throws IOException {
        fit(4, 2, 2, false);

        assertThat(steps)
                .singleElement()
                .extracting(StepReport::loss)
                .isEqualTo(2 * reports.getFirst().loss());
    }

    /** One frame for two replicas is given to both, so the weights are those of one device with that frame. */
    @Test
    void fewerFramesThanReplicasAreRepeated() throws IOException {
        StateDict repeated = fit(1, 2, 1, false);
        StateDict alone = fit(1, 1, 1, false);

        alone.asMap().forEach((key, values) -> assertThat(repeated.values(key)).containsExactly(values, within(1e-6f)));
    }

    private StateDict fit(int frames, int replicas, int batchSize, boolean syncBatchNorm) throws IOException {
        TrainingRun run = new TrainingRun(
                5,
                Start.of(KaimingInitialization.stateDict(NETWORK, 1)),
                new Brightness(frames),
                new Sources(Map.of("frames", 0), List.of(1.0)),
                new LabelledTensors(List.of(), List.of()),
                folder.resolve("weights.safetensors"),
                1,
                new RecordingListener());
        DevicePlan devices = new DevicePlan(Collections.nCopies(replicas, "cpu"), syncBatchNorm);
        try (NDManager engine = TorchEngine.newManager()) {
            return new TrainingLoop(
                            plan(batchSize, devices),
                            run,
                            Optional.empty(),
                            TorchEngine.managers(engine, devices.names()))
                    .fit();
        }
    }

    private static FitPlan plan(int batchSize, DevicePlan devices) {
        return new FitPlan(
                1,
                batchSize,
                Drawing.SHUFFLED,
                1,
                0.5,
                0.001,
                Schedule.CONSTANT,
                0,
                Checkpoint.LAST,
                Optional.empty(),
                TensorAugmentation.REFERENCE,
                devices,
                FitOptions.REFERENCE);
    }
}
