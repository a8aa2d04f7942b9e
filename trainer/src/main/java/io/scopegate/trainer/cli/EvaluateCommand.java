package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.cli.EvaluationSteps.Extras;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.file.FolderToBe;
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

/** {@code evaluate}: figures and report of a model on labelled frames. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = "Ask a model about labelled frames, decoded and preprocessed as the server does it, and write"
                + " metrics.csv, metrics.json and report.html. The frames are those of --frames, of --samples or of the"
                + " plan, the first that is given.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:evaluated, whatever the figures say",
            "1:failed: one line on standard error names the file, the setting or what else is wrong",
            "2:wrong arguments",
            "3:on that GPU the network does not answer the golden pictures as it should: nothing is written"
        })
public final class EvaluateCommand implements Callable<Integer> {

    /** Name of the folder that receives the files where none is named. */
    static final String FOLDER = "eval";

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "A model directory NAME/VERSION, an ONNX file X.onnx or a checkpoint: weights.safetensors,"
                    + " model.pt, model.ts"
                    + " (default: weights.safetensors in the plan's runs folder).")
    private @Nullable Path model;

    @Option(
            names = "--frames",
            paramLabel = "DIR",
            description = "Folder with MANIFEST.csv or manifest.csv (columns file, label, group, and seconds if known),"
                    + " or with sub-folders inbody and outbody.")
    private @Nullable Path frames;

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = "A list of labelled pictures as the reference bundle writes it.")
    private @Nullable Path samples;

    @Mixin
    private TargetOptions target;

    /** For the plan's frames and threshold, and for what its part evaluate says. */
    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            converter = EvaluatedSplit.Converter.class,
            description =
                    "train, val or test (default: evaluate.split of the configuration, otherwise val; with --frames the frames that the model's manifest, or"
                            + " for the run's own weights the plan, does not name, if there are any; with --samples, and with"
                            + " --frames where nobody knows what the model has seen, none: figures and report name list or"
                            + " folder). With --samples it is taken at its word; with --frames where nobody knows what the model"
                            + " has seen, it is no more than a name for all of them, and it is still said that nobody knows.")
    private @Nullable EvaluatedSplit split;

    @Option(
            names = "--held-out",
            paramLabel = "GROUP",
            description =
                    "With --frames: group that the model has not seen, which is taken at its word, whatever is known;"
                            + " all other groups are taken for fitted to. May be repeated (default: as the model's"
                            + " manifest says, or for the run's own weights the plan).")
    private List<String> heldOut = new ArrayList<>();

    @Option(
            names = "--times",
            paramLabel = "FILE",
            description = "CSV with the columns file and seconds, for the time that out of body is shown.")
    private @Nullable Path times;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description =
                    "A run's history.json, for the training curves (default: of the weights of the plan's run, that run's, if there).")
    private @Nullable Path history;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Receives the three files (default: evaluate.out of the configuration, otherwise eval in the plan's"
                            + " runs folder, otherwise eval here).")
    private @Nullable Path out;

    @Option(names = "--no-thumbnails", description = "No pictures in the report: they are patient data.")
    private boolean noThumbnails;

    @Option(names = "--json", description = "Print the content of metrics.json in place of words.")
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
        return Reported.call(json, this::evaluate);
    }

    private void evaluate(Consumer<String> progress) throws IOException, ModelUnusableException {
        Optional<PlanReader> plans = config.plansIfNamed();
        Optional<EvaluatePlan> stated = plans.flatMap(PlanReader::evaluate);
        Optional<TrainingPlan> plan = plans.filter(PlanReader::hasNetwork).map(PlanReader::training);
        Path asked = model(plan);
        Path folder = out != null ? out : folder(stated, plan);
        FolderToBe.require(folder, "--out: a folder that figures can be written to");
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

    private Path model(Optional<TrainingPlan> plan) throws IOException {
        if (model != null) {
            return model;
        }
        TrainingPlan run = plan.orElseThrow(() -> new ParameterException(
                spec.commandLine(), "--model: a path, or --config with network and runs, not absent"));
        Path weights = RunWeights.of(run).file();
        if (Files.notExists(weights)) {
            throw new IOException(
                    "--model: a path, since the plan's run has left no weights: " + weights + ": no such file");
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
            FramesUse use = heldOut.isEmpty() ? opened.fit().use(digest) : FramesUse.allBut(heldOut);
            EvaluatedFrames found = EvaluatedFrames.ofFolder(frames, split, use, digest);
            requireFramesOf(heldOut, found.split().heldOut());
            return found;
        }
        if (!heldOut.isEmpty()) {
            throw new PlanException("--held-out: groups of --frames, which is absent, not " + heldOut);
        }
        if (samples != null) {
            return EvaluatedFrames.ofList(samples, split);
        }
        EvaluatedSplit chosen = split != null
                ? split
                : EvaluatedSplit.valueOf(stated.orElse(SplitName.VAL).name());
        return EvaluatedFrames.ofPlan(
                plan.orElseThrow(() -> new PlanException("--frames, --samples or --config: one of them, not none")),
                chosen,
                opened.fit());
    }

    /** A misspelt group would leave the frames that the model was fitted to. */
    private static void requireFramesOf(List<String> groups, List<LabelledFrame> heldOut) {
        List<String> unknown = new ArrayList<>(groups);
        unknown.removeAll(heldOut.stream().map(LabelledFrame::group).toList());
        if (!unknown.isEmpty()) {
            throw new PlanException("--held-out: groups that have frames, not " + unknown);
        }
    }

    /** Those of a run are of its own weights alone. */
    private Optional<TrainingHistory> history(Optional<TrainingPlan> plan, Path asked) throws IOException {
        if (history != null) {
            return Optional.of(TrainingHistory.read(history));
        }
        return plan.isPresent() && RunWeights.of(plan.get()).areIn(asked)
                ? EvaluationSteps.history(plan.get().runs())
                : Optional.empty();
    }
}
