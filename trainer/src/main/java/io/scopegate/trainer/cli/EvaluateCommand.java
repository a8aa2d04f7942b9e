package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.cli.EvaluationSteps.Extras;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.file.OutputFolder;
import io.scopegate.trainer.network.FrameNetwork;
import io.scopegate.trainer.plan.EvaluatePlan;
import io.scopegate.trainer.plan.EvaluatePlan.SplitName;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.report.EvaluationFolder;
import io.scopegate.trainer.report.TrainingHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: computes figures and a report of a model on labelled frames. */
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = {
            "Evaluates a model on labelled frames and writes metrics.csv, metrics.json and report.html.",
            "",
            "Frames are decoded and preprocessed as in the server. They come from --frames,"
                    + " --samples or the configuration: the first of these that is given is used.",
            "",
            "The first line of metrics.csv is the accuracy. As in the MONAI bundle, it is called val_accu"
                    + " whatever the split is."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:evaluated, whatever the result",
            "1:failed; standard error names the file, setting or other cause",
            "2:wrong arguments",
            "3:the model gives wrong answers to the golden images on this GPU; nothing is written"
        })
public final class EvaluateCommand implements Callable<Integer> {

    /** Name of the output folder if none is named. */
    static final String FOLDER = "eval";

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "Model directory NAME/VERSION, ONNX file, or checkpoint (weights.safetensors,"
                    + " model.pt, model.ts). Default: weights.safetensors in the folder that the setting"
                    + " runs names.")
    private @Nullable Path model;

    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description = "Folder with MANIFEST.csv or manifest.csv (columns file, label, group and"
                    + " optionally seconds), or with subfolders inbody and outbody.")
    private @Nullable Path frames;

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = "JSON sample list with labels, as written by prepare or the MONAI bundle.")
    private @Nullable Path samples;

    @Mixin
    private TargetOptions target;

    /** Supplies the plan's frames and threshold, and the settings of its part {@code evaluate}. */
    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            converter = EvaluatedSplit.Converter.class,
            description = "Split to evaluate: train, val or test. With --frames or --samples, what the frames"
                    + " are to the model. Default: evaluate.split of the configuration, otherwise val; with"
                    + " --frames, the frames that neither the manifest nor the configuration names, if there"
                    + " are any; with --samples, none. See models/README.md.")
    private @Nullable EvaluatedSplit split;

    @Option(
            names = "--held-out",
            paramLabel = "GROUP",
            description = "With --frames: group that the model was not trained on; all others then count as"
                    + " trained on. Repeatable. Default: as recorded in the manifest or, for the weights"
                    + " of the configured run, the configuration.")
    private List<String> heldOut = new ArrayList<>();

    @Option(
            names = "--times",
            paramLabel = "FILE",
            description = "CSV file with the columns file and seconds, to measure how long out of body is shown.")
    private @Nullable Path times;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "history.json of a run, for the training curves. Default: that of the configured"
                    + " run, if its weights are evaluated.")
    private @Nullable Path history;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder. Default: evaluate.out of the configuration, otherwise eval in the"
                    + " folder of the run, otherwise eval in the working directory.")
    private @Nullable Path out;

    @Option(
            names = "--no-thumbnails",
            description = "Leave images out of the report, since they are patient" + " data.")
    private boolean noThumbnails;

    @Option(names = "--json", description = "Print the contents of metrics.json instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    public EvaluateCommand() {
        this(new TargetOptions());
    }

    EvaluateCommand(TargetOptions target) {
        this.target = target;
    }

    @Override
    public Integer call() {
        return CommandSteps.call(json, this::evaluate);
    }

    private void evaluate(Consumer<String> progress) throws IOException, ModelUnusableException {
        Optional<PlanReader> plans = config.plansIfNamed();
        Optional<EvaluatePlan> stated = plans.flatMap(PlanReader::evaluate);
        Optional<TrainingPlan> plan = plans.filter(PlanReader::hasNetwork).map(PlanReader::training);
        requireFrames(plan.isPresent());
        Path asked = model(plan);
        Path folder = out != null ? out : folder(stated, plan);
        OutputFolder.require(folder, "--out");
        Extras extras = new Extras(history(plan, asked), List.of(), !noThumbnails);
        try (EvaluatedModel opened = EvaluatedModel.open(asked, plan)) {
            EvaluatedFrames found = find(opened, plan, stated.map(EvaluatePlan::split))
                    .with(stated.map(EvaluatePlan::subsets).orElse(List.of()));
            EvaluatedFrames timed = times == null ? found : found.at(FrameTimes.read(times));
            EvaluationSteps steps;
            try (FrameNetwork network = target.open(
                    Files.isDirectory(asked) ? asked : opened.network(),
                    stated.map(EvaluatePlan::target).orElse(ExecutionTarget.CPU))) {
                steps = EvaluationSteps.run(opened, timed, network, ProgressLine::of);
            }
            ObjectNode written = steps.write(folder, extras, InstantSource.system());
            Path report = folder.resolve(EvaluationFolder.REPORT);
            progress.accept(json ? written.toString() : steps.warningLines() + steps.lines() + "report: " + report);
        }
    }

    private void requireFrames(boolean planned) {
        if (!heldOut.isEmpty() && frames == null) {
            throw new ParameterException(spec.commandLine(), "--held-out requires --frames");
        }
        if (frames == null && samples == null && !planned) {
            throw new ParameterException(
                    spec.commandLine(), "--frames, --samples or --config with network and data is required");
        }
    }

    private Path model(Optional<TrainingPlan> plan) throws IOException {
        if (model != null) {
            return model;
        }
        TrainingPlan run = plan.orElseThrow(() ->
                new ParameterException(spec.commandLine(), "--model or --config with network and runs is required"));
        Path weights = RunWeights.of(run).file();
        if (Files.notExists(weights)) {
            throw new IOException(
                    "--model is required, since the configured run has no weights: " + weights + ": no such file");
        }
        return weights;
    }

    private static Path folder(Optional<EvaluatePlan> stated, Optional<TrainingPlan> plan) {
        return stated.flatMap(EvaluatePlan::out)
                .or(() -> plan.map(of -> of.runs().resolve(FOLDER)))
                .orElse(Path.of(FOLDER));
    }

    private EvaluatedFrames find(EvaluatedModel opened, Optional<TrainingPlan> plan, Optional<SplitName> stated)
            throws IOException {
        if (frames != null) {
            DataDigest digest = new DataDigest();
            SeenFrames use = heldOut.isEmpty() ? opened.fit().use(digest) : SeenFrames.allBut(heldOut);
            EvaluatedFrames found = EvaluatedFrames.ofFolder(frames, split, use, digest);
            requireFramesOf(heldOut, found.split().heldOut());
            return found;
        }
        if (samples != null) {
            return EvaluatedFrames.ofList(samples, split);
        }
        EvaluatedSplit chosen = split != null
                ? split
                : EvaluatedSplit.valueOf(stated.orElse(SplitName.VAL).name());
        return EvaluatedFrames.ofPlan(plan.orElseThrow(), chosen, opened.fit());
    }

    /** Refuses groups without frames. Otherwise the frames of a misspelt group would count as trained on. */
    private static void requireFramesOf(List<String> groups, List<LabelledFrame> heldOut) {
        List<String> unknown = new ArrayList<>(groups);
        unknown.removeAll(heldOut.stream().map(LabelledFrame::group).toList());
        if (!unknown.isEmpty()) {
            throw new PlanException("--held-out: no frames of the groups " + unknown);
        }
    }

    /** Returns the history that is named or, if the configured run's own weights are evaluated, that of the run. */
    private Optional<TrainingHistory> history(Optional<TrainingPlan> plan, Path asked) throws IOException {
        if (history != null) {
            return Optional.of(TrainingHistory.read(history));
        }
        return plan.isPresent() && RunWeights.of(plan.get()).areIn(asked)
                ? EvaluationSteps.history(plan.get().runs())
                : Optional.empty();
    }
}
