package io.scopegate.cli.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.inference.trial.EnginePreparation.Prepared;
import io.scopegate.inference.trial.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./scopegate engine build} */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Builds the TensorRT engine of a model and adds it to the cache, as the server does when it first loads it.",
            "",
            "Takes minutes, unless the cache has the engine. The engine is tested with the golden images of the model."
                    + " Requires SCOPEGATE_GPU; see docs/gpu.md."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the engine is in the cache and gives the published results for the golden images",
            "1:the engine cannot be built on this machine, the model cannot be read, or only standard output failed",
            "2:wrong arguments",
            "3:the engine is in the cache but gives different results for the golden images; no server uses it"
        })
final class BuildCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_ANSWERS = 3;

    /** Which precisions are tried, best first. */
    enum Choice {
        AUTO(List.of(ExecutionTarget.TENSORRT_FP16, ExecutionTarget.TENSORRT_FP32)),
        FP16(List.of(ExecutionTarget.TENSORRT_FP16)),
        FP32(List.of(ExecutionTarget.TENSORRT_FP32));

        private final List<ExecutionTarget> targets;

        Choice(List<ExecutionTarget> targets) {
            this.targets = targets;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Model directory, NAME/VERSION.")
    private Path model = Path.of("");

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}. auto, the default here and of the server, is fp16, or fp32 if fp16"
                    + " gives different results.")
    private Choice precision = Choice.AUTO;

    @Option(
            names = "--device",
            paramLabel = "N",
            defaultValue = "0",
            description = "Index of the GPU. Default: ${DEFAULT-VALUE}.")
    private int device;

    @Mixin
    private CacheOption cache = new CacheOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (device < 0) {
            throw new ParameterException(spec.commandLine(), "--device must be at least 0, got " + device);
        }
        try (EnginePreparation preparation = EnginePreparation.ofThisMachine(cache.directory(), device, this::say)) {
            PublishedModel published = PublishedModel.open(model);
            Prepared prepared = preparation.prepare(published, precision.targets);
            print(published, prepared);
            return status(prepared);
        } catch (ModelUnusableException | TargetUnavailableException e) {
            return fail(String.valueOf(e.getMessage()));
        }
    }

    private int fail(String reason) {
        say(reason);
        if (cache.json()) {
            spec.commandLine().getOut().println(object(null, null, null, reason));
        }
        return FAILED;
    }

    static int status(Prepared prepared) {
        if (prepared.engine() != null) {
            return 0;
        }
        return prepared.findings().stream().anyMatch(Finding::answersWrongly) ? WRONG_ANSWERS : FAILED;
    }

    private void print(PublishedModel published, Prepared prepared) {
        if (!prepared.reasons().isEmpty()) {
            say("engine of " + published.manifest().reference() + ": " + prepared.reasons());
        }
        if (cache.json()) {
            spec.commandLine().getOut().println(object(published, prepared));
        } else if (prepared.engine() != null) {
            Finding finding = prepared.findings().getLast();
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%s on %s: %s%n%s%n",
                            published.manifest().reference(),
                            finding.target().label(),
                            finding.steps().getLast().detail(),
                            prepared.engine());
        }
    }

    private static ObjectNode object(PublishedModel published, Prepared prepared) {
        Path engine = prepared.engine();
        return object(
                published.manifest().reference(),
                engine == null ? null : prepared.findings().getLast().target().label(),
                engine == null ? null : engine.toString(),
                prepared.reasons());
    }

    private static ObjectNode object(
            @Nullable String model, @Nullable String target, @Nullable String engine, String reasons) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("target", target)
                .put("engine", engine)
                .put("reasons", reasons);
    }

    private void say(@Nullable String line) {
        spec.commandLine().getErr().println("scopegate: " + line);
    }
}
