package io.scopegate.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.bench.target.TargetOptions;
import io.scopegate.cli.server.ProjectHome;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.OnnxSessions;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.onnx.OnnxTargets;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.trial.Finding;
import io.scopegate.inference.trial.Trial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./scopegate doctor} */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks which execution targets work on this machine: TensorRT, CUDA and the CPU.",
            "",
            "Takes the same steps as the server, and prints the result of each at once. For each target that does not"
                    + " work, prints what is missing and what to install."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:TensorRT can be used",
            "1:no target that was checked can be used, or the model cannot be read",
            "2:wrong arguments",
            "3:TensorRT cannot be used or was not checked, but another target can be used"
        })
public final class DoctorCommand implements Callable<Integer> {

    private static final int NOTHING = 1;
    private static final int FALLBACK = 3;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Model directory to try. Default: models/inbody/1 of the project.")
    private @Nullable Path model;

    @Option(
            names = "--target",
            paramLabel = "T",
            split = ",",
            converter = TargetOptions.Label.class,
            description = "Execution targets to check, separated by commas: tensorrt-fp16, tensorrt-fp32, cuda, cpu."
                    + " Others are left alone: a library that crashes on one target cannot hide what works on another."
                    + " serve's --target has tensorrt for both precisions, and scopegate.inference.precision to select"
                    + " one. Default: all.")
    private List<ExecutionTarget> targets = List.of(ExecutionTarget.values());

    @Option(
            names = "--device",
            paramLabel = "N",
            defaultValue = "0",
            description = "Index of the GPU. Default: ${DEFAULT-VALUE}.")
    private int device;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/" + EngineStore.USUAL_PLACE,
            description = "Folder of TensorRT engines. A missing engine is built there, which takes minutes. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path cache = Path.of("");

    @Option(
            names = "--json",
            description = "Print one JSON object: best, targets; if the model cannot be read, targets is empty and"
                    + " reason says why. The steps meanwhile go to standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (device < 0) {
            throw new ParameterException(spec.commandLine(), "--device must be at least 0, got " + device);
        }
        try {
            Trial trial = trial(PublishedModel.open(directory()));
            List<Finding> findings =
                    bestFirst().stream().map(target -> shown(trial, target)).toList();
            if (json) {
                spec.commandLine().getOut().println(object(findings));
            }
            return status(findings);
        } catch (ModelUnusableException e) {
            return untried(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the targets to check in the order of a server, each once. */
    private List<ExecutionTarget> bestFirst() {
        return targets.stream().sorted().distinct().toList();
    }

    private int untried(String reason) {
        say(reason);
        if (json) {
            spec.commandLine().getOut().println(object(List.of()).put("reason", reason));
        }
        return NOTHING;
    }

    private Path directory() {
        return model != null ? model : ProjectHome.model();
    }

    private Trial trial(PublishedModel published) {
        TargetSettings all = new TargetSettings(RequestedTarget.AUTO, device, true);
        DeviceProbe probe = DeviceProbe.ofThisMachine();
        OnnxSettings processors = new OnnxSettings(Runtime.getRuntime().availableProcessors(), false);
        EngineStore store = new EngineStore(cache, Clock.systemUTC(), this::say);
        EngineBuilds builds =
                new EngineBuilds(store, BuildClock.SYSTEM, new BuildLog(this::say, this::say), Duration.ZERO);
        return new Trial(
                new TargetPlanner(all, probe, new OnnxTargets(device)),
                new OnnxSessions(processors, all, probe, builds).waiting(),
                published);
    }

    private void say(String line) {
        spec.commandLine().getErr().println("scopegate: " + line);
    }

    /** Returns the exit status for the best usable target. */
    static int status(List<Finding> findings) {
        return findings.stream()
                .filter(Finding::usable)
                .findFirst()
                .map(best -> best.target().isTensorRt() ? 0 : FALLBACK)
                .orElse(NOTHING);
    }

    /** Tries a target and shows each step at once: if a native library crashes, what was found before is known. */
    private Finding shown(Trial trial, ExecutionTarget target) {
        CommandLine command = spec.commandLine();
        // Standard output has only the object.
        PrintWriter lines = json ? command.getErr() : command.getOut();
        show(lines, "checking " + target.label());
        Finding finding = trial.of(target, step -> show(lines, "  " + line(step)));
        show(lines, target.label() + ": " + (finding.usable() ? "can be used" : "cannot be used"));
        return finding;
    }

    private static void show(PrintWriter lines, String line) {
        lines.println(line);
        lines.flush();
    }

    private static String line(ProbeStep step) {
        String mark = switch (step.result()) {
            case PASSED -> "ok   ";
            case FAILED, DIFFERS -> "FAULT";
            case ABSENT -> "none ";
            case NOT_ASKED -> "?    ";
        };
        return String.format(Locale.ROOT, "%s %-8s %s", mark, word(step.name()), step.detail());
    }

    private static ObjectNode object(List<Finding> findings) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put(
                "best",
                findings.stream()
                        .filter(Finding::usable)
                        .findFirst()
                        .map(Finding::target)
                        .map(ExecutionTarget::label)
                        .orElse(null));
        ArrayNode targets = root.putArray("targets");
        for (Finding finding : findings) {
            ObjectNode target =
                    targets.addObject().put("target", finding.target().label()).put("usable", finding.usable());
            ArrayNode steps = target.putArray("steps");
            finding.steps()
                    .forEach(step -> steps.addObject()
                            .put("step", word(step.name()))
                            .put("result", word(step.result()))
                            .put("detail", step.detail()));
        }
        return root;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
