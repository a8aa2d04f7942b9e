package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.cli.EvaluationSteps.Extras;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.evaluate.Figures;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.report.EvaluationFolder;
import io.scopegate.trainer.train.EpochReport;
import io.scopegate.trainer.train.LabelledTensors;
import io.scopegate.trainer.train.TrainingLoop;
import io.scopegate.trainer.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of a training run, one after the other: data, fit, export, evaluate, publish. */
final class TrainingSteps {

    private static final int PARITY_FRAMES = 8;

    private final TrainingPlan plan;
    private final Consumer<String> progress;

    TrainingSteps(TrainingPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Does all steps that the plan names.
     *
     * @param fitted weights of an earlier run, which are not fitted anew; null to fit
     * @param command what was typed, for the model's provenance
     */
    void run(NDManager engine, @Nullable Path fitted, String command) throws IOException, ModelUnusableException {
        List<NDManager> devices = fitted == null ? devices(engine) : List.of();
        DataPlan data = plan.data().orElseThrow(() -> new PlanException("data: frames to train on, not absent"));
        PlannedFrames frames = PlannedFrames.find(data);
        Split split = frames.split();
        progress.accept("frames: %d to train on, %d for validation, %d held out, %d skipped for their label"
                .formatted(
                        split.train().size(),
                        split.validation().size(),
                        split.heldOut().size(),
                        frames.all().skipped()));
        StateDict weights = fitted == null ? fit(devices, frames, data) : read(fitted);
        if (plan.publish().isPresent()) {
            release(engine, weights, split, plan.publish().get(), command);
        }
    }

    /** First of all, since a device that is not there would be found missing only after the frames were read. */
    private List<NDManager> devices(NDManager engine) {
        return TorchEngine.managers(engine, fitPlan().devices().names());
    }

    private FitPlan fitPlan() {
        return plan.fit().orElseThrow(() -> new PlanException("fit: how to train, not absent"));
    }

    private StateDict read(Path fitted) throws IOException {
        progress.accept("weights: %s, not fitted anew".formatted(Digests.sha256(fitted)));
        return SafeTensors.read(new SeResNet(plan.network()), fitted);
    }

    private StateDict fit(List<NDManager> devices, PlannedFrames frames, DataPlan data) throws IOException {
        FitPlan fit = fitPlan();
        Files.createDirectories(plan.runs());
        StateDict start = KaimingInitialization.stateDict(new SeResNet(plan.network()), plan.seed());
        progress.accept("network: %d parameters".formatted(start.parameterCount()));
        Consumer<EpochReport> listener = report -> progress.accept(report.line());
        TrainingRun run = new TrainingRun(
                plan.seed(),
                start,
                frames.load(data, fit),
                frames.sources(),
                LabelledTensors.load(frames.split().validation()),
                plan.runs().resolve("weights.safetensors"),
                listener);
        return new TrainingLoop(fit, run).fit(devices);
    }

    private void release(NDManager engine, StateDict weights, Split split, PublishPlan publish, String command)
            throws IOException, ModelUnusableException {
        Path folder = plan.runs().resolve("draft");
        ModelDraft draft = ModelDraft.write(engine, weights, folder, publish, parityFrames(split));
        progress.accept("export: logits differ by %.1e at most".formatted(draft.parity()));
        Figures figures = evaluate(draft, split, publish);
        Provenance provenance = new Provenance(plan, weights)
                .command(command)
                .data(split)
                .parity(draft.parity())
                .figures(figures);
        PublishedModel model = ModelRelease.publish(draft, publish, provenance.toJson());
        progress.accept("published: %s %s".formatted(model.directory(), model.digest()));
    }

    /** As {@code evaluate} does it, on all frames; the report is of those that the network knows least of. */
    private Figures evaluate(ModelDraft draft, Split split, PublishPlan publish) throws IOException {
        EvaluationSteps steps = EvaluationSteps.run(EvaluatedModel.of(draft, publish), EvaluatedFrames.ofSplit(split));
        Path folder = plan.runs().resolve(EvaluateCommand.FOLDER);
        steps.write(folder, Extras.ofRun(plan.runs()), InstantSource.system());
        progress.accept(steps.lines() + "report: " + folder.resolve(EvaluationFolder.REPORT));
        return steps.figures();
    }

    private static List<LabelledFrame> parityFrames(Split split) {
        return Stream.concat(split.heldOut().stream(), split.train().stream())
                .limit(PARITY_FRAMES)
                .toList();
    }
}
