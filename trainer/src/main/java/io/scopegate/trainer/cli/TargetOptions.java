package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.cli.EngineExport.Signature;
import io.scopegate.trainer.export.OnnxExport;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.infer.CheckpointNetwork;
import io.scopegate.trainer.infer.ModelForm;
import io.scopegate.trainer.infer.ServedNetwork;
import io.scopegate.trainer.network.FrameNetwork;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where a model runs: on the CPU, or on a GPU in the same way as a server runs it. */
final class TargetOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            converter = Label.class,
            description = "Execution target: cpu; with SCOPEGATE_GPU also cuda, tensorrt-fp16 or"
                    + " tensorrt-fp32 (see docs/gpu.md). serve's --target has tensorrt for both"
                    + " precisions, and scopegate.inference.precision to select one. Default: target in"
                    + " the configuration, otherwise cpu.")
    private @Nullable ExecutionTarget target;

    @Mixin
    private EngineOptions engine;

    /** Parses a target from the command line. */
    static final class Label extends TypedName<ExecutionTarget> {
        Label() {
            super(ExecutionTarget.values(), ExecutionTarget::label);
        }
    }

    TargetOptions() {
        this(new EngineOptions());
    }

    TargetOptions(EngineOptions engine) {
        this.engine = engine;
    }

    /**
     * Opens a model. The caller closes the network.
     *
     * @param model a published model directory, an ONNX file or a checkpoint
     * @param planned target unless the command line names one
     * @throws IOException if it is none of these, cannot be read, or cannot run there; the message is one line and says
     *     what to do about it
     * @throws ModelUnusableException if a directory is not as it was published
     */
    FrameNetwork open(Path model, ExecutionTarget planned) throws IOException, ModelUnusableException {
        ExecutionTarget where = target == null ? planned : target;
        ModelForm form = ModelForm.of(model);
        requireOptionsOf(where, form);
        return where.isGpu() ? served(model, form, where) : onProcessors(model, form);
    }

    /** Refuses options that would be ignored, as {@code export} does. */
    private void requireOptionsOf(ExecutionTarget where, ModelForm form) {
        require("--device", where.isGpu(), "requires a --target other than " + where.label());
        require("--cache", where.isTensorRt(), "requires a TensorRT --target, got " + where.label());
        require("--max-batch", where.isTensorRt(), "requires a TensorRT --target, got " + where.label());
        require("--max-batch", form != ModelForm.DIRECTORY, "cannot be used with a model directory, which has its own");
    }

    private void require(String option, boolean heeded, String expected) {
        if (!heeded && command != null && command.commandLine().getParseResult().hasMatchedOption(option)) {
            throw new ParameterException(command.commandLine(), option + " " + expected);
        }
    }

    private static FrameNetwork onProcessors(Path model, ModelForm form) throws IOException, ModelUnusableException {
        return switch (form) {
            case DIRECTORY -> new OnnxNetwork(PublishedModel.open(model).network());
            case ONNX -> new OnnxNetwork(model);
            case CHECKPOINT -> new CheckpointNetwork(WeightFile.read(model));
        };
    }

    private FrameNetwork served(Path model, ModelForm form, ExecutionTarget where)
            throws IOException, ModelUnusableException {
        try (DraftFolder folder = DraftFolder.create()) {
            PublishedModel published = switch (form) {
                case DIRECTORY -> PublishedModel.open(model);
                case ONNX -> published(model, folder.path());
                case CHECKPOINT -> published(exported(model, folder.path()), folder.path());
            };
            return ServedNetwork.open(engine.preparation(TargetOptions::say), published, where);
        }
    }

    /**
     * Exports a checkpoint with the default tensor names of {@code export}, so that both write the same file and share
     * one cached engine.
     */
    private static Path exported(Path checkpoint, Path folder) throws IOException {
        Path onnx = folder.resolve("exported.onnx");
        new OnnxExport("INPUT__0", "OUTPUT__0").write(WeightFile.read(checkpoint), onnx);
        return onnx;
    }

    /**
     * Publishes an ONNX file to a temporary model directory, since only a model directory can be opened as a server
     * does.
     */
    private PublishedModel published(Path onnx, Path folder) throws IOException, ModelUnusableException {
        PublishPlan plan;
        try (OnnxNetwork network = new OnnxNetwork(onnx)) {
            plan = new Signature(network.input(), network.output(), engine.maxBatch()).plan(folder.resolve("models"));
        }
        ModelDraft draft = ModelDraft.of(onnx, folder.resolve("draft"));
        return ModelRelease.publish(draft, plan, JsonNodeFactory.instance.objectNode(), null);
    }

    /** Prints to standard error, because a program may read what the command prints to standard output. */
    private static void say(String line) {
        System.err.println("scopegate: " + CommandSteps.seen(line));
    }
}
