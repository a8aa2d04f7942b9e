package io.scopegate.cli.bench;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.bench.echo.Echo;
import io.scopegate.cli.bench.target.BareModel;
import io.scopegate.cli.bench.target.TargetOptions;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.server.ProjectHome;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.ScopegateException;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./scopegate bench}: loads a server of its own through the SDK, in turns with the bare model and an echo of
 * the messages.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures throughput and latency of a server over the loopback interface.",
            "",
            "For comparison, also measures the bare model (OrtSession.run, without a server) and an echo of the same"
                    + " messages (plain grpc-java), in turns. Server and clients share the processors of this machine."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:the server or the model failed, or not every frame was judged",
            "2:wrong arguments"
        },
        footerHeading = "%nFigures:%n",
        footer = {
            "frames/s and the ratios count judged frames only.",
            "total and echo are measured from the call that sends a frame to its answer. They include waiting for a"
                    + " credit of the server, but not waiting because of --in-flight.",
            "Processor time is measured from the first frame to the answer to the last one.",
            "MB allocated are counted by Java's garbage collector. G1 does not count objects of more than 512 KiB, such as"
                    + " large images."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int BROKEN = 1;

    @ArgGroup
    private ServedModelOption served = new ServedModelOption();

    @Option(names = "--streams", paramLabel = "N", description = "Number of streams. Default: ${DEFAULT-VALUE}.")
    private int streams = 1;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Frames per second of each stream, at most 1000; 0 is as fast as possible. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double framesPerSecond = 0;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds to measure each of the three. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Number of rounds that the seconds are divided into. Each round measures all three, since the speed of"
                            + " a machine drifts; ratios are medians over the rounds. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds at full speed before measuring, in which Java compiles. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 5;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the frames: ${COMPLETION-CANDIDATES}, in upper or lower case. Default: jpeg.")
    private PixelFormat format = PixelFormat.JPEG;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the frames in pixels. Default: ${DEFAULT-VALUE}.")
    private String size = "1280x720";

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description =
                    "Maximum number of unanswered frames per stream. Default: the number of credits that the server"
                            + " grants.")
    private int inFlight = Integer.MAX_VALUE;

    @Option(
            names = "--target",
            paramLabel = "T",
            converter = TargetOptions.Label.class,
            description = "Execution target of the server and of the bare model: cpu; with SCOPEGATE_GPU also"
                    + " tensorrt-fp16, tensorrt-fp32 or cuda. serve's --target has tensorrt for both precisions, and"
                    + " scopegate.inference.precision to select one. Default: cpu.")
    private ExecutionTarget target = ExecutionTarget.CPU;

    @Mixin
    private TargetOptions options = new TargetOptions();

    @Option(
            names = "--reload-every",
            paramLabel = "N",
            description = "Publish a new version of the model every N seconds. Default: never.")
    private @Nullable Double reloadEvery;

    @Option(names = "--json", description = "Print one JSON object; with only reason, if the run failed.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean reported;

    /** Which model is measured. */
    static final class ServedModelOption {

        @Option(names = "--model", paramLabel = "DIR", description = "Model directory. Default: models/inbody/1.")
        private @Nullable Path model;

        @Option(
                names = "--null-model",
                description = "Use a network that does almost nothing, to measure the cost of everything else.")
        private boolean nullModel;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            BenchPlan plan = plan();
            return served.nullModel ? measureNullModel(plan) : measure(plan, open());
        } catch (IOException
                | ModelUnusableException
                | TargetUnavailableException
                | InferenceFailedException
                | ScopegateException
                | ExecutionException e) {
            return fail(FaultText.of(e));
        }
    }

    private int fail(String reason) {
        complain(reason);
        if (json && !reported) {
            spec.commandLine().getOut().println(FaultText.json(reason));
        }
        return BROKEN;
    }

    /** Prints the report and returns the exit status. */
    private int conclude(BenchReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : new BenchTable(report).text());
        out.flush();
        reported = true;
        Optional<String> fault = report.rounds().times().fault();
        fault.ifPresent(this::complain);
        return fault.isEmpty() ? 0 : BROKEN;
    }

    private void complain(String line) {
        spec.commandLine().getErr().println("scopegate bench: " + line);
    }

    private PublishedModel open() throws ModelUnusableException {
        Path directory = served.model == null ? ProjectHome.model() : served.model;
        return PublishedModel.open(directory.toAbsolutePath());
    }

    private BenchPlan plan() throws IOException {
        requireAtLeast("--streams", streams, 1);
        requireAtLeast("--seconds", seconds, 1);
        requireAtLeast("--rounds", rounds, 1);
        requireAtLeast("--warm-up", warmUp, 0);
        requireAtLeast("--in-flight", inFlight, 1);
        options.check();
        requireAtLeast("--fps", framesPerSecond, 0);
        requireAtMost("--fps", framesPerSecond, LoadPlan.MOST_FRAMES_PER_SECOND);
        requireAtLeast("--reload-every", Objects.requireNonNullElse(reloadEvery, 1.0), 1);
        requireAtMost("--reload-every", Objects.requireNonNullElse(reloadEvery, 1.0), Integer.MAX_VALUE);
        LoadPlan load = new LoadPlan(
                streams,
                framesPerSecond,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                DeliveryPolicy.BLOCK,
                inFlight);
        Duration every = reloadEvery == null ? null : Duration.ofMillis((long) (1000 * reloadEvery));
        return new BenchPlan(load, rounds, SentPictures.render(format, frameSize()), target, options, every);
    }

    private FrameSize frameSize() {
        try {
            return FrameSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private void requireAtLeast(String option, Number value, int least) {
        if (!(value.doubleValue() >= least)) {
            throw new ParameterException(spec.commandLine(), option + " must be at least " + least + ", got " + value);
        }
    }

    private void requireAtMost(String option, double value, int most) {
        if (value > most) {
            throw new ParameterException(spec.commandLine(), option + " must be at most " + most + ", got " + value);
        }
    }

    private int measureNullModel(BenchPlan plan)
            throws IOException, InterruptedException, ExecutionException, ModelUnusableException,
                    TargetUnavailableException, InferenceFailedException {
        try (NullModel model = NullModel.publish()) {
            return measure(plan, model.published());
        }
    }

    private int measure(BenchPlan plan, PublishedModel model)
            throws IOException, InterruptedException, ExecutionException, ModelUnusableException,
                    TargetUnavailableException, InferenceFailedException {
        try (BareModel bare = BareModel.open(plan.options().sessions(), model, plan.target());
                MeasuredStack stack = MeasuredStack.start(ProjectHome.directory(), plan, model);
                Echo echo = Echo.start()) {
            int credits = stack.measure(plan.warmUp()).credits();
            echo.measure(plan.warmUp(), plan.pictures(), credits);
            LoadPlan load = plan.round();
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < plan.rounds(); i++) {
                BareModel.Figures alone = bare.measure(
                        plan.pictures().first(), 1, (runs, elapsed) -> elapsed.compareTo(load.duration()) >= 0);
                StackFigures served = stack.measure(load);
                rounds.add(new Round(alone, served, echo.measure(load, plan.pictures(), credits)));
            }
            // Printed before the server is stopped, because that may fail and the figures took minutes.
            return conclude(new BenchReport(model, plan, new Rounds(rounds)));
        }
    }
}
