package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.PictureList;
import io.scopegate.trainer.file.FolderToBe;
import io.scopegate.trainer.infer.Classification;
import io.scopegate.trainer.infer.ClassificationFiles;
import io.scopegate.trainer.network.FrameNetwork;
import io.scopegate.trainer.plan.InferPlan;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

/** {@code infer}: classifies the pictures of a list. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description =
                "Classify the pictures of a list, print each class, and write predictions.csv as the reference"
                        + " bundle does, and probabilities.csv. The class is the larger logit; a model's threshold is not used.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every picture was classified",
            "1:failed: one line on standard error names the file, the setting or what else is wrong. No file is"
                    + " written",
            "2:wrong arguments",
            "3:on that GPU the network does not answer the golden pictures as it should: nothing is written"
        })
public final class InferCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "FILE|DIR",
            description =
                    "A checkpoint (weights.safetensors, model.pt, model.ts), an ONNX file X.onnx or a model directory"
                            + " NAME/VERSION.")
    private @Nullable Path model;

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = "JSON: [{\"image\": path}]. An entry may have a \"label\", 0 or 1; --json alone prints it.")
    private @Nullable Path samples;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the two files.")
    private @Nullable Path out;

    @Mixin
    private TargetOptions target;

    /** For its part infer, of which the options above replace what they name. */
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one line of JSON for the model, then one for each picture.")
    private boolean json;

    public InferCommand() {
        this(new TargetOptions());
    }

    InferCommand(TargetOptions target) {
        this.target = target;
    }

    @Override
    public Integer call() {
        return Reported.call(json, this::infer);
    }

    private void infer(Consumer<String> progress) throws IOException, ModelUnusableException {
        InferPlan plan = plan();
        PictureList list = PictureList.read(plan.samples());
        FolderToBe.require(plan.out(), "--out: a folder that classes can be written to");
        try (FrameNetwork network = target.open(plan.model(), plan.target())) {
            JudgingModel judging = JudgingModel.of(plan.model());
            progress.accept(json ? judging.json() : judging.line());
            List<Classification> classifications =
                    Classification.run(network, list, each -> progress.accept(json ? json(each) : line(each)));
            ClassificationFiles.write(classifications, plan.out().resolve(plan.filename()));
        }
    }

    private InferPlan plan() throws IOException {
        Optional<PlanReader> plans = config.plansIfNamed();
        if (plans.isPresent()) {
            InferPlan plan = plans.get()
                    .infer()
                    .orElseThrow(() -> new PlanException("infer: samples, out and model, not absent"));
            return new InferPlan(
                    samples == null ? plan.samples() : samples,
                    out == null ? plan.out() : out,
                    plan.filename(),
                    model == null ? plan.model() : model,
                    plan.target());
        }
        return new InferPlan(
                named("--samples", samples),
                named("--out", out),
                "predictions.csv",
                named("--model", model),
                ExecutionTarget.CPU);
    }

    private Path named(String option, @Nullable Path value) {
        if (value == null) {
            throw new ParameterException(
                    spec.commandLine(), option + ": a path, or --config with a part infer, not absent");
        }
        return value;
    }

    private static String line(Classification each) {
        boolean inBody = each.predicted() == Label.IN_BODY;
        double confidence = inBody ? each.inBody() : 1 - each.inBody();
        return String.format(
                Locale.ROOT,
                "%-11s  %.4f  %s",
                inBody ? "in body" : "out of body",
                confidence,
                each.picture().image());
    }

    private static String json(Classification each) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("image", each.picture().image());
        node.put("class", each.predicted().text());
        each.picture().label().ifPresent(label -> node.put("label", label.text()));
        node.put("inBody", each.inBody());
        node.putArray("logits").add(each.inBodyLogit()).add(each.outOfBodyLogit());
        return node.toString();
    }
}
