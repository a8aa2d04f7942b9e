package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.trainer.cli.EvaluationSteps.Extras;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.report.EvaluationFolder;
import io.scopegate.trainer.report.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evaluate}: figures and report of a model on labelled frames. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ask a model about labelled frames, decoded and preprocessed as the server does it, and write"
                + " metrics.csv, metrics.json and report.html. The frames are those of --frames, of --samples or of the"
                + " plan, the first that is given.")
public final class EvaluateCommand implements Callable<Integer> {

    /** Name of the folder that receives the files where none is named. */
    static final String FOLDER = "eval";

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|FILE",
            description = "A model directory NAME/VERSION, or weights whose network --config states.")
    private Path model;

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

    @Option(names = "--config", paramLabel = "FILE", description = "The plan, for its frames, network and threshold.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Replaces a setting of the plan.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description =
                    "train, val or test (default: val; with --frames the frames that the model's manifest does not"
                            + " name, if there are any).")
    private @Nullable EvaluatedSplit split;

    @Option(
            names = "--held-out",
            paramLabel = "GROUP",
            description = "With --frames: group that the model has not seen. May be repeated (default: as the model's"
                    + " manifest says).")
    private List<String> heldOut = new ArrayList<>();

    @Option(
            names = "--times",
            paramLabel = "FILE",
            description = "CSV with the columns file and seconds, for the time that out of body is shown.")
    private @Nullable Path times;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "A run's history.json, for the training curves (default: that of the plan's run, if there).")
    private @Nullable Path history;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Receives the three files (default: eval in the plan's runs folder, otherwise eval here).")
    private @Nullable Path out;

    @Option(names = "--no-thumbnails", description = "No pictures in the report: they are patient data.")
    private boolean noThumbnails;

    @Option(names = "--json", description = "Print the content of metrics.json in place of words.")
    private boolean json;

    @Override
    public Integer call() {
        return Reported.call(this::evaluate);
    }

    private void evaluate(Consumer<String> progress) throws IOException, ModelUnusableException {
        Optional<TrainingPlan> plan =
                config == null ? Optional.empty() : Optional.of(PlanReader.read(config, settings));
        try (EvaluatedModel opened = EvaluatedModel.open(model, plan)) {
            EvaluatedFrames found = find(opened, plan);
            EvaluationSteps steps =
                    EvaluationSteps.run(opened, times == null ? found : found.at(FrameTimes.read(times)));
            Path folder = out != null
                    ? out
                    : plan.map(of -> of.runs().resolve(FOLDER)).orElse(Path.of(FOLDER));
            ObjectNode written = steps.write(folder, new Extras(history(plan), !noThumbnails), InstantSource.system());
            Path report = folder.resolve(EvaluationFolder.REPORT);
            progress.accept(json ? written.toString() : steps.lines() + "report: " + report);
        }
    }

    private EvaluatedFrames find(EvaluatedModel opened, Optional<TrainingPlan> plan) throws IOException {
        if (frames != null) {
            return EvaluatedFrames.ofFolder(frames, split, opened.groupsUse(heldOut));
        }
        EvaluatedSplit chosen = split == null ? EvaluatedSplit.VAL : split;
        if (samples != null) {
            return EvaluatedFrames.ofList(samples, chosen);
        }
        return EvaluatedFrames.ofPlan(
                plan.orElseThrow(() -> new PlanException("--frames, --samples or --config: one of them, not none")),
                chosen);
    }

    private Optional<TrainingHistory> history(Optional<TrainingPlan> plan) throws IOException {
        if (history != null) {
            return Optional.of(TrainingHistory.read(history));
        }
        return plan.isPresent() ? Extras.ofRun(plan.get().runs()).history() : Optional.empty();
    }
}
