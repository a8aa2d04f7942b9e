package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.cli.EvaluationSteps.Reporting;
import io.scopegate.trainer.cli.FittingRun.Fixed;
import io.scopegate.trainer.cli.PlannedFrames.Decoded;
import io.scopegate.trainer.cli.ReleaseSteps.Doubts;
import io.scopegate.trainer.cli.ReleaseSteps.Terms;
import io.scopegate.trainer.dataset.FrameLoader;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.file.OutputFolder;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.IneffectiveSettings;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.ModelRelease.Settings;
import io.scopegate.trainer.publish.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The steps of a training run in their order: data, fit, export, evaluation, publication. */
final class TrainingSteps {

    /** See "Why is the width of a network that is fitted on the CPU a multiple of 16?" in the rationale. */
    private static final int CORRECT_WIDTHS_ON_CPU = 16;

    private final TrainingPlan plan;
    private final Consumer<String> progress;
    private final FittingRun fitting;
    private final boolean thumbnails;

    TrainingSteps(TrainingPlan plan, Consumer<String> progress, FittingRun fitting, boolean thumbnails) {
        this.plan = plan;
        this.progress = progress;
        this.fitting = fitting;
        this.thumbnails = thumbnails;
    }

    /**
     * Runs all steps of the plan.
     *
     * @param command the command as typed, for the model's provenance
     * @return the {@link Outcome}
     */
    ObjectNode run(NDManager engine, String command) throws IOException, ModelUnusableException {
        if (plan.publish().isPresent()) {
            ModelRelease.requireNewVersion(plan.publish().get(), Settings.OF_PLAN);
            Provenance.requireRoom(plan);
        }
        OutputFolder.require(plan.runs(), "runs");
        EvaluationSteps.requireReportable(plan.runs());
        fitting.requireState();
        try (RunLock lock = new RunLock(plan.runs(), this::warn)) {
            lock.takeIfFolderExists();
            return run(engine, command, lock);
        }
    }

    private void warn(String warning) {
        fitting.display().warnings(List.of(warning));
    }

    private ObjectNode run(NDManager engine, String command, RunLock lock) throws IOException, ModelUnusableException {
        FitPlan fit = plan.fit().orElseThrow(() -> new PlanException("fit: required to train"));
        List<NDManager> devices = devices(engine, fit);
        fit.requireBatchFor(devices.size());
        FittingStart start = FittingStart.of(plan, fit.options().fineTuning());
        DataPlan data = plan.data().orElseThrow(() -> new PlanException("data: required to train"));
        PlannedFrames frames = PlannedFrames.find(data);
        Split split = frames.split();
        if (plan.publish().isPresent()) {
            ReleaseSteps.requireTestFrames(plan.publish().get(), split);
        }
        fitting.display()
                .warnings(IneffectiveSettings.of(
                        plan,
                        fit,
                        new IneffectiveSettings.Run(
                                devices.size(),
                                split.train().size(),
                                !split.validation().isEmpty())));
        progress.accept("frames: %d for training, %d for validation, %d for testing, %d skipped because of their label"
                .formatted(
                        split.train().size(),
                        split.validation().size(),
                        split.heldOut().size(),
                        frames.all().skipped()));
        frames.all().skippedFilesLines().forEach(progress);
        FoundFrames found = FoundFrames.of(frames);
        found.warnings().forEach(progress);
        progress.accept(start.line());
        requireFrameForEach(devices.size(), split.train().size());
        fit.requireCountable(split.train().size(), devices.size());
        if (plan.publish().isPresent()) {
            List<LabelledFrame> test = split.heldOut();
            FrameLoader loader =
                    new FrameLoader(data.loaders(), fitting.display().of("decoding test frames", test.size()));
            ReleaseSteps.requirePassable(plan.publish().get(), test, loader);
        }
        Decoded decoded = frames.load(data, fit, fitting.display());
        StateDict weights =
                fitting.fit(devices, fit, data, new Fixed(start.start(), frames, found.digest(), decoded), lock);
        if (plan.publish().isPresent()) {
            PublishedModel model = new ReleaseSteps(plan, plan.publish().get(), progress, fitting.display())
                    .run(
                            engine,
                            weights,
                            found,
                            new Terms(command, start.origin(), null, Doubts.NONE, plan.runs(), thumbnails));
            return Outcome.published(model, false);
        }
        return evaluate(weights, found);
    }

    /**
     * Opens the devices. This comes before the frames are read, so that a missing device fails at once.
     *
     * @throws PlanException if the network is fitted on the CPU and its width is not a multiple of 16
     */
    private List<NDManager> devices(NDManager engine, FitPlan fit) {
        List<String> names = fit.devices().names();
        if (names.contains("cpu") && plan.network().width() % CORRECT_WIDTHS_ON_CPU != 0) {
            throw new PlanException(
                    "network.width: must be a multiple of %d to train on the CPU, where libtorch computes"
                                    .formatted(CORRECT_WIDTHS_ON_CPU)
                            + " wrong gradients for other widths, got "
                            + plan.network().width());
        }
        return TorchEngine.managers(engine, names);
    }

    private static void requireFrameForEach(int devices, int frames) {
        if (frames < devices) {
            throw new PlanException("fit.devices: %d devices, but only %d training frames".formatted(devices, frames));
        }
    }

    private ObjectNode evaluate(StateDict weights, FoundFrames frames) throws IOException {
        Path file = RunWeights.of(plan).file();
        Reporting reporting = Reporting.of(plan.runs(), thumbnails, progress);
        try (EvaluatedModel model = EvaluatedModel.ofWeights(file, weights, Optional.of(plan))) {
            EvaluationSteps evaluation = EvaluationSteps.run(
                    model, EvaluatedFrames.ofPlan(frames, model.fit()).with(plan.subsets()), fitting.display());
            evaluation.report(reporting, List.of());
            return Outcome.evaluated(file, evaluation);
        }
    }
}
