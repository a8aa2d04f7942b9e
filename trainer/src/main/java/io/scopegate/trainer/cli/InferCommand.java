package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.PictureList;
import io.scopegate.trainer.file.OutputFolder;
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
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = {
            "Classifies a list of images and writes predictions.csv and probabilities.csv.",
            "",
            "Prints each class too. The class is that of the larger logit; the threshold of a model is"
                    + " not used. predictions.csv has the format of the MONAI bundle."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every image was classified",
            "1:failed; standard error names the cause; nothing is written unless only standard output failed",
            "2:wrong arguments",
            "3:the model gives wrong answers to the golden images on this GPU; nothing is written"
        })
public final class InferCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "FILE|DIR",
            description = "Model directory NAME/VERSION, ONNX file, or checkpoint (weights.safetensors,"
                    + " model.pt, model.ts). Default: infer.model of the configuration.")
    private @Nullable Path model;

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = "JSON sample list, [{\"image\": path}]. A label, 0 or 1, is optional and only printed"
                    + " with --json. Default: infer.samples of the configuration.")
    private @Nullable Path samples;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Output folder. Default: infer.out of the" + " configuration.")
    private @Nullable Path out;

    @Mixin
    private TargetOptions target;

    /** Supplies the settings of its part {@code infer}, which the options above override. */
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--json",
            description = "Print one JSON object for the model, then one per image, each on its own line.")
    private boolean json;

    public InferCommand() {
        this(new TargetOptions());
    }

    InferCommand(TargetOptions target) {
        this.target = target;
    }

    @Override
    public Integer call() {
        return CommandSteps.call(json, this::infer);
    }

    private void infer(Consumer<String> progress) throws IOException, ModelUnusableException {
        InferPlan plan = plan();
        PictureList list = PictureList.read(plan.samples());
        OutputFolder.require(plan.out(), "--out");
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
                    .orElseThrow(() -> new PlanException("infer: required, with samples, out and model"));
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
            throw new ParameterException(spec.commandLine(), option + " or --config with a part infer is required");
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
