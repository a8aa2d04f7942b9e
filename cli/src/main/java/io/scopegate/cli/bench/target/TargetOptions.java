package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Options for how networks are run, the same in this process and in a server that it starts. */
public final class TargetOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Number of threads for inference. Default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--device", paramLabel = "N", description = "Index of the GPU. Default: ${DEFAULT-VALUE}.")
    private int device = 0;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/" + EngineStore.USUAL_PLACE,
            description = "Folder of TensorRT engines. A missing engine is built there first, which takes minutes."
                    + " Default: ${DEFAULT-VALUE}.")
    private Path cache = Path.of("");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Reads a target by its label. */
    public static final class Label implements ITypeConverter<ExecutionTarget> {
        @Override
        public ExecutionTarget convert(String value) {
            return Arrays.stream(ExecutionTarget.values())
                    .filter(target -> target.label().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of " + labels()));
        }

        private static String labels() {
            return Arrays.stream(ExecutionTarget.values())
                    .map(ExecutionTarget::label)
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * Checks the options.
     *
     * @throws ParameterException if a value is invalid
     */
    public void check() {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, got " + threads);
        }
        if (device < 0) {
            throw new ParameterException(spec.commandLine(), "--device must be at least 0, got " + device);
        }
    }

    /** Returns the number of threads of the inference engine. */
    public int threads() {
        return threads;
    }

    int device() {
        return device;
    }

    /** Returns a factory that opens networks as the server does, but waits for engines to be built. */
    public SessionFactory sessions() {
        EngineBuilds builds = new EngineBuilds(
                new EngineStore(cache, Clock.systemUTC(), this::say),
                BuildClock.SYSTEM,
                new BuildLog(this::say, this::say),
                Duration.ZERO);
        return new OnnxSessions(new OnnxSettings(threads, false), everyTarget(), DeviceProbe.ofThisMachine(), builds)
                .waiting();
    }

    private void say(String line) {
        spec.commandLine().getErr().println("scopegate: " + line);
    }

    TargetPlanner planner() {
        return new TargetPlanner(everyTarget(), DeviceProbe.ofThisMachine(), new OnnxTargets(device));
    }

    private TargetSettings everyTarget() {
        return new TargetSettings(RequestedTarget.AUTO, device, true);
    }

    /**
     * Returns the same options for a server, as {@code NAME=VALUE}. It then serves on this target or not at all,
     * except that fp32 may take the place of TensorRT in fp16; {@link #requireServed} tells.
     */
    public List<String> serverSettings(ExecutionTarget target) {
        return List.of(
                "scopegate.inference.threads=" + threads,
                "scopegate.inference.device=" + device,
                "scopegate.inference.engine-cache=" + cache.toAbsolutePath(),
                "scopegate.inference.precision=" + (target == ExecutionTarget.TENSORRT_FP16 ? "fp16" : "fp32"),
                "scopegate.inference.target=" + (target.isTensorRt() ? "tensorrt" : target.label()));
    }

    /**
     * Requires that the server serves on this target, so that like is compared with like.
     *
     * @param health health of the server that was started for this target
     * @throws IOException if it serves on another one; the message contains the reason
     */
    public static void requireServed(JsonNode health, ExecutionTarget target) throws IOException {
        String serves = health.at("/checks").findPath("target").asText("");
        if (!serves.equals(target.label())) {
            String reason = health.at("/checks").findPath("fallback").asText("");
            throw new IOException("the server runs on " + serves + " instead of " + target.label()
                    + (reason.isEmpty() ? "" : ": " + reason));
        }
    }
}
