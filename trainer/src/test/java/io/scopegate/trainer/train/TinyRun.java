package io.scopegate.trainer.train;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Fits a narrow network to eight frames, with four frames per update. */
final class TinyRun {

    /**
     * As narrow as possible: oneDNN 3.7.1 pads narrower networks' channels with whatever is in memory, NaN included.
     */
    static final SeResNet NETWORK = new SeResNet(new Architecture(16, List.of(1, 1, 1, 1)));

    final List<EpochReport> epochs = new ArrayList<>();
    final List<StepReport> steps = new ArrayList<>();
    final List<EarlyStop> stops = new ArrayList<>();
    FitPlan plan = plan(2, 0.001, Checkpoint.LAST, FitOptions.REFERENCE);
    LabelledTensors validation = new LabelledTensors(List.of(), List.of());
    Samples samples = new Stripes(8, 1);
    int threads = 1;
    Start start = Start.of(KaimingInitialization.stateDict(NETWORK, 1));

    private final Path folder;

    TinyRun(Path folder) {
        this.folder = folder;
    }

    static FitPlan plan(int epochs, double learningRate, Checkpoint checkpoint, FitOptions options) {
        return plan(epochs, learningRate, checkpoint, 0, options);
    }

    static FitPlan plan(int epochs, double learningRate, Checkpoint checkpoint, double averaging, FitOptions options) {
        return new FitPlan(
                epochs,
                4,
                Drawing.SHUFFLED,
                1,
                0.5,
                learningRate,
                Schedule.CONSTANT,
                averaging,
                checkpoint,
                Optional.empty(),
                TensorAugmentation.REFERENCE,
                DevicePlan.CPU,
                options);
    }

    Path checkpoint() {
        return folder.resolve("weights.safetensors");
    }

    Path state() {
        return folder.resolve("state.bin");
    }

    StateDict fit() throws IOException {
        return fit(Optional.empty());
    }

    StateDict start(BooleanSupplier stop) throws IOException {
        return fit(Optional.of(new Continuation(state(), identity("a"), false, stop)));
    }

    StateDict resume(String identity) throws IOException {
        return fit(Optional.of(new Continuation(state(), identity(identity), true, () -> false)));
    }

    private ObjectNode identity(String name) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.putObject("fit").put("name", name).put("epochs", plan.epochs());
        return identity;
    }

    private StateDict fit(Optional<Continuation> continuation) throws IOException {
        TrainingRun run = new TrainingRun(
                5,
                start,
                samples,
                new Sources(Map.of("stripes", 0), List.of(1.0)),
                validation,
                checkpoint(),
                threads,
                new RecordingListener(epochs, steps, stops));
        try (NDManager engine = TorchEngine.newManager()) {
            return new TrainingLoop(plan, run, continuation, List.of(engine)).fit();
        }
    }

    private record RecordingListener(List<EpochReport> epochs, List<StepReport> steps, List<EarlyStop> stops)
            implements TrainingListener {
        @Override
        public void epoch(EpochReport report) {
            epochs.add(report);
        }

        @Override
        public void step(StepReport report) {
            steps.add(report);
        }

        @Override
        public void stopped(EarlyStop stop) {
            stops.add(stop);
        }
    }
}
