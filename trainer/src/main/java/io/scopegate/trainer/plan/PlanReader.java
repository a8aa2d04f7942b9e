package io.scopegate.trainer.plan;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.evaluate.GroupSubset;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.plan.EvaluatePlan.SplitName;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads plans. Every part that is present is read and checked, whether or not the command needs it. A relative path in
 * a file is relative to the file's folder, one in a command-line setting to the working directory.
 */
public final class PlanReader {

    private final Configuration configuration;
    private final PlanField root;
    private final long seed;
    private final Optional<Path> runs;
    private final Optional<Architecture> network;
    private final Optional<DataPlan> data;
    private final Optional<FitPlan> fit;
    private final Optional<PublishPlan> publish;
    private final Optional<EvaluatePlan> evaluate;
    private final Optional<InferPlan> infer;

    private PlanReader(Configuration configuration) {
        this.configuration = configuration;
        this.root = new PlanField("", configuration.root(), configuration);
        this.seed = root.field("seed").longInteger(123);
        this.runs = root.field("runs").optionalFile();
        this.network = part("network", PlanReader::network);
        this.data = part("data", DataReader::data);
        this.fit = part("fit", FitReader::fit);
        this.publish = part("publish", PlanReader::publish);
        this.evaluate = part("evaluate", PlanReader::evaluate);
        this.infer = part("infer", PlanReader::infer);
    }

    /**
     * Reads configuration files, merged from left to right, and settings.
     *
     * @param files JSON files
     * @param settings each {@code id=value}; a value that is not JSON is a string
     * @throws IOException if a file cannot be read or is not JSON
     * @throws PlanException if a setting is wrong or unknown
     */
    public static PlanReader of(List<Path> files, List<String> settings) throws IOException {
        return new PlanReader(Configuration.read(files, settings));
    }

    /**
     * Returns the training plan.
     *
     * @throws PlanException if the network or the folder for runs is missing
     */
    public TrainingPlan training() {
        return new TrainingPlan(
                seed,
                network.orElseThrow(() -> root.field("network").wrong("an object with width and blocks")),
                data,
                fit,
                publish,
                evaluate.map(EvaluatePlan::subsets).orElse(List.of()),
                runs.orElseThrow(() -> root.field("runs").wrong("a folder")),
                configuration.root());
    }

    /** Returns whether the configuration states a network. Without one there is nothing to train. */
    public boolean hasNetwork() {
        return network.isPresent();
    }

    /** Returns the part that says what to evaluate on, if there is one. */
    public Optional<EvaluatePlan> evaluate() {
        return evaluate;
    }

    /** Returns the part that says what to infer, if there is one. */
    public Optional<InferPlan> infer() {
        return infer;
    }

    private <T> Optional<T> part(String name, Function<PlanField, T> reader) {
        PlanField field = root.field(name);
        return field.present() ? Optional.of(reader.apply(field)) : Optional.empty();
    }

    private static Architecture network(PlanField network) {
        try {
            Architecture architecture = new Architecture(
                    network.field("width").integer(1, PlanField.MOST),
                    required(network.field("blocks")).list(block -> block.integer(1, PlanField.MOST)));
            SafeTensors.requireRoom(architecture);
            return architecture;
        } catch (IllegalArgumentException e) {
            throw new PlanException(String.valueOf(e.getMessage()));
        }
    }

    private static PlanField required(PlanField blocks) {
        if (!blocks.present()) {
            throw blocks.wrong("4 numbers of 1..64");
        }
        return blocks;
    }

    private static PublishPlan publish(PlanField publish) {
        return new PublishPlan(
                publish.field("models").file(),
                modelName(publish.field("name")),
                publish.field("version").integer(1, PlanField.MOST),
                publish.field("inputTensor").text(),
                outputTensor(publish),
                publish.field("inBodyThreshold").number(ModelManifest.LEAST_IN_BODY_THRESHOLD, 1, 0.5),
                publish.field("maxBatch").integer(1, 1024, 8),
                publish.field("notes").list(PlanField::text),
                publish.field("licence").present()
                        ? Optional.of(publish.field("licence").text())
                        : Optional.empty(),
                GateReader.gate(publish.field("gate")));
    }

    private static String modelName(PlanField name) {
        if (!ModelManifest.NAME.matcher(name.text()).matches()) {
            throw name.wrong(PublishPlan.NAMES);
        }
        return name.text();
    }

    private static String outputTensor(PlanField publish) {
        PlanField output = publish.field("outputTensor");
        if (output.text().equals(publish.field("inputTensor").text())) {
            throw output.wrong("another name than publish.inputTensor");
        }
        return output.text();
    }

    private static EvaluatePlan evaluate(PlanField evaluate) {
        return new EvaluatePlan(
                evaluate.field("split").oneOf(SplitName.class, SplitName.VAL),
                evaluate.field("out").optionalFile(),
                target(evaluate),
                subsets(evaluate.field("subsets")));
    }

    /** Reads the subsets. Patterns have to differ, because they identify the figures of a subset. */
    private static List<GroupSubset> subsets(PlanField patterns) {
        Set<GroupSubset> known = new HashSet<>();
        return patterns.list(pattern -> {
            GroupSubset subset = subset(pattern);
            if (!known.add(subset)) {
                throw pattern.wrong("a pattern that no other subset has");
            }
            return subset;
        });
    }

    private static GroupSubset subset(PlanField pattern) {
        try {
            return new GroupSubset(pattern.text());
        } catch (IllegalArgumentException e) {
            throw pattern.wrong("a pattern of group names");
        }
    }

    private static ExecutionTarget target(PlanField part) {
        return part.field("target").oneOf(ExecutionTarget.class, ExecutionTarget.CPU);
    }

    private static String predictions(PlanField filename) {
        String name = filename.fileName("predictions.csv");
        if (name.equalsIgnoreCase(InferPlan.PROBABILITIES)) {
            throw filename.wrong("another name than that of the probabilities beside it");
        }
        return name;
    }

    private static InferPlan infer(PlanField infer) {
        return new InferPlan(
                infer.field("samples").file(),
                infer.field("out").file(),
                predictions(infer.field("filename")),
                infer.field("model").file(),
                target(infer));
    }
}
