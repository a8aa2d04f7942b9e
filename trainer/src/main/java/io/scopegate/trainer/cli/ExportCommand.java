package io.scopegate.trainer.cli;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.cli.EngineExport.Signature;
import io.scopegate.trainer.export.OnnxExport;
import io.scopegate.trainer.export.Precision;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export}: writes a network in another format. */
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description =
                "Writes a network for PyTorch, ONNX Runtime or TensorRT, or publishes one with random" + " weights.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:written",
            "1:failed; standard error names the file, setting or other cause",
            "2:wrong arguments",
            "3:the engine gives wrong answers to the golden images; its ONNX file is kept"
        })
public final class ExportCommand implements Callable<Integer> {

    private static final Set<ExportFormat> ONNX_FILES = Set.of(ExportFormat.ONNX, ExportFormat.ENGINE);

    /** The formats of each option that applies to some formats only. */
    private static final Map<String, Set<ExportFormat>> FORMATS = Map.of(
            "--force", EnumSet.complementOf(EnumSet.of(ExportFormat.MODEL)),
            "--opset", Set.of(ExportFormat.ONNX),
            "--input-name", ONNX_FILES,
            "--output-name", ONNX_FILES,
            "--precision", ONNX_FILES,
            "--extra", Set.of(ExportFormat.TORCHSCRIPT),
            "--cache", Set.of(ExportFormat.ENGINE),
            "--device", Set.of(ExportFormat.ENGINE),
            "--max-batch", Set.of(ExportFormat.ENGINE));

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ExportFormat.Converter.class,
            description = "Output format: ${COMPLETION-CANDIDATES}. model is a model directory and requires"
                    + " --random-weights; use publish or import for other weights. Default: model.")
    private ExportFormat format = ExportFormat.MODEL;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of --random-weights. Default: the setting" + " seed.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "Output file, which must not exist unless --force is given; with --format model the root of the model"
                            + " directories, with --format engine the ONNX file that the engine is built from.")
    private Path out;

    @Option(names = "--force", description = "Replace an existing file. A model directory is never replaced.")
    private boolean force;

    @Option(
            names = "--opset",
            paramLabel = "N",
            converter = OperatorSet.class,
            defaultValue = "17",
            description = "onnx: operator set version, 13 to 21. Default: ${DEFAULT-VALUE}.")
    private int operatorSet;

    @Option(
            names = "--input-name",
            paramLabel = "NAME",
            defaultValue = "INPUT__0",
            description = "onnx, engine: name of the input. Default: ${DEFAULT-VALUE}.")
    private String inputName;

    @Option(
            names = "--output-name",
            paramLabel = "NAME",
            defaultValue = "OUTPUT__0",
            description = "onnx, engine: name of the output. Default: ${DEFAULT-VALUE}.")
    private String outputName;

    @Option(
            names = "--precision",
            paramLabel = "P",
            converter = PrecisionName.class,
            description =
                    "onnx, engine: fp32 or fp16; input and output stay float32. The ONNX file of an engine is always"
                            + " fp32. Default: fp32.")
    private Precision precision = Precision.FP32;

    @Option(
            names = "--extra",
            paramLabel = "FILE",
            description =
                    "torchscript: file to include under its own name, such as a configuration. metadata.json is added"
                            + " if it is not given. Repeatable.")
    private List<Path> extra = new ArrayList<>();

    @Mixin
    private EngineOptions engine;

    /** Parses an operator set version from the command line. */
    static final class OperatorSet extends TypedNumber {
        OperatorSet() {
            super(OnnxExport.OLDEST_OPERATOR_SET, OnnxExport.NEWEST_OPERATOR_SET);
        }
    }

    /** Parses a precision from the command line. */
    static final class PrecisionName extends TypedName<Precision> {
        PrecisionName() {
            super(Precision.values());
        }
    }

    /** The source of the weights; exactly one option is given. */
    static final class Source {

        @Option(
                names = "--weights",
                paramLabel = "FILE",
                description = "Checkpoint: weights.safetensors, model.pt or model.ts.")
        private @Nullable Path weights;

        @Option(
                names = "--model",
                paramLabel = "DIR",
                description = "Model directory NAME/VERSION. Its batch norms are folded into the"
                        + " convolutions: the output gives the same answers, but is not suited to further"
                        + " training.")
        private @Nullable Path model;

        @Option(
                names = "--random-weights",
                description = "Use random weights for the network in --config, to measure speed.")
        private boolean random;
    }

    @Override
    public Integer call() {
        return CommandSteps.call(this::export);
    }

    /**
     * Refuses options that the format would ignore. Whoever types one expects another file than the one that would be
     * written.
     */
    private void requireOptionsOfFormat() {
        FORMATS.forEach((option, formats) -> {
            if (spec.commandLine().getParseResult().hasMatchedOption(option) && !formats.contains(format)) {
                throw wrong("%s requires --format %s, got %s".formatted(option, names(formats), format));
            }
        });
        if (seed != null && !source.random) {
            throw wrong("--seed requires --random-weights");
        }
        if (format == ExportFormat.MODEL && !source.random) {
            throw wrong("--format model requires --random-weights; use publish or import for other weights");
        }
        requireName("--input-name", inputName);
        requireName("--output-name", outputName);
        if (outputName.equals(inputName)) {
            throw wrong("--output-name must differ from --input-name, got " + outputName + " for both");
        }
        Set<String> names = new HashSet<>();
        for (Path file : extra) {
            String name = String.valueOf(file.getFileName());
            if (!names.add(name)) {
                throw wrong("--extra: file names must differ, got " + name + " twice");
            }
        }
    }

    private void requireName(String option, String name) {
        if (name.isBlank()) {
            throw wrong(option + " must not be blank");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static String names(Set<ExportFormat> formats) {
        return formats.stream().sorted().map(ExportFormat::toString).collect(Collectors.joining(" or "));
    }

    private void export(Consumer<String> progress) throws IOException, ModelUnusableException {
        requireOptionsOfFormat();
        if (!source.random) {
            // Given weights need no configuration, but errors in one are reported, as by every command.
            config.plansIfNamed();
        }
        if (format == ExportFormat.MODEL) {
            new RandomModel(plan(), seed).publish(out, progress);
            return;
        }
        requireNewFile();
        if (format == ExportFormat.ENGINE) {
            exportEngine(progress);
            return;
        }
        OnnxExport onnx = new OnnxExport(inputName, outputName, operatorSet, precision);
        new NetworkFile(weights(), onnx, extra).write(format, out, progress);
    }

    /**
     * Refuses to replace a file unless {@code --force} is given, before the work starts: a typing error in the name
     * should not destroy another file.
     */
    private void requireNewFile() throws IOException {
        if (Files.isDirectory(out)) {
            throw new IOException("--out: is a folder: " + out);
        }
        if (!force && Files.exists(out)) {
            throw new IOException("--out: already exists, use --force to replace it: " + out);
        }
    }

    private void exportEngine(Consumer<String> progress) throws IOException, ModelUnusableException {
        ExecutionTarget target =
                precision == Precision.FP16 ? ExecutionTarget.TENSORRT_FP16 : ExecutionTarget.TENSORRT_FP32;
        try (EnginePreparation preparation = engine.preparation(progress)) {
            EngineExport export = new EngineExport(out, target, preparation);
            if (source.model != null) {
                export.write(PublishedModel.open(source.model), progress);
            } else {
                Signature signature = new Signature(inputName, outputName, engine.maxBatch());
                export.write(weights().values(), signature, progress);
            }
        }
    }

    private InputWeights weights() throws IOException, ModelUnusableException {
        if (source.weights != null) {
            return InputWeights.read(source.weights);
        }
        return source.model != null ? InputWeights.read(source.model) : new RandomModel(plan(), seed).weights();
    }

    private TrainingPlan plan() throws IOException {
        return config.plans().training();
    }
}
