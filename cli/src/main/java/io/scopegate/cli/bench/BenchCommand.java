package io.scopegate.cli.bench;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.input.FrameEncoder;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.client.ScopegateException;
import io.scopegate.trainer.sampledata.FrameSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./scopegate bench}: starts a server of its own, loads it through the SDK, then runs the model bare. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the running stack over loopback, and the same model by plain OrtSession.run.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:the server or the model failed, or a frame was not answered",
            "2:wrong arguments"
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int BROKEN = 1;
    private static final int DISTINCT_FRAMES = 16;
    private static final long SEED = 7_301_994L;

    @Option(names = "--model", paramLabel = "DIR", description = "A model directory. Default: models/inbody/1.")
    private @Nullable Path model;

    @Option(names = "--streams", paramLabel = "N", description = "Devices at once. Default: ${DEFAULT-VALUE}.")
    private int streams = 1;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Frames a second of each device, 0 saturates. Default: ${DEFAULT-VALUE}.")
    private double framesPerSecond = 0;

    @Option(names = "--seconds", paramLabel = "N", description = "To measure, after 2 s. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}, in any case. Default: jpeg.")
    private PixelFormat format = PixelFormat.JPEG;

    @Option(names = "--size", paramLabel = "WxH", description = "Of the frames, in pixels. Default: ${DEFAULT-VALUE}.")
    private String size = "1280x720";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Of the inference engine, in the server and bare. Default: the machine's processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        BenchPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        try {
            BenchReport report =
                    measure(plan, PublishedModel.open(modelDirectory().toAbsolutePath()));
            out.println(json ? report.json() : report.table());
            out.flush();
            return report.unanswered() == 0 ? 0 : BROKEN;
        } catch (IOException | ModelUnusableException | OrtException | ScopegateException | ExecutionException e) {
            spec.commandLine().getErr().println("scopegate bench: " + e.getMessage());
            return BROKEN;
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("scopegate.home", "."));
    }

    private Path modelDirectory() {
        return model == null ? home().resolve("models/inbody/1") : model;
    }

    private BenchPlan plan() {
        requireAtLeast("--streams", streams, 1);
        requireAtLeast("--seconds", seconds, 1);
        requireAtLeast("--threads", threads, 1);
        requireAtLeast("--fps", framesPerSecond, 0);
        return new BenchPlan(streams, framesPerSecond, Duration.ofSeconds(seconds), format, frameSize(), threads);
    }

    private FrameSize frameSize() {
        try {
            return FrameSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--size: " + e.getMessage(), e);
        }
    }

    private void requireAtLeast(String option, double value, int least) {
        if (!(value >= least)) {
            throw new ParameterException(spec.commandLine(), option + ": at least " + least + ", not " + value);
        }
    }

    private BenchReport measure(BenchPlan plan, PublishedModel published)
            throws IOException, InterruptedException, ExecutionException, OrtException {
        List<BufferedImage> images = BenchFrames.render(SEED, DISTINCT_FRAMES, plan.size());
        List<byte[]> frames = new ArrayList<>();
        for (BufferedImage image : images) {
            frames.add(FrameEncoder.encode(image, plan.pixelFormat()));
        }
        StageTimes times = new StageTimes();
        double perSecond = 0;
        BenchReport.ServerFigures figures;
        try (ServerProcess server = ServerProcess.start(home(), settings(plan, published))) {
            String decoder =
                    server.awaitModel().at("/checks").findPath("jpegDecoder").asText("unknown");
            for (DeviceLoad.Result result : load(server.address(), plan, frames)) {
                times.addAll(result.times());
                perSecond += result.framesPerSecond();
            }
            figures = new BenchReport.ServerFigures(server.residentMegabytes(), decoder);
        }
        BareModel.Figures bare = BareModel.measure(published, plan.threads(), images.getFirst(), plan.duration());
        return new BenchReport(published, plan, times, perSecond, bare, figures);
    }

    private static List<String> settings(BenchPlan plan, PublishedModel published) {
        Path root = published.directory().resolve("../..").normalize();
        return List.of(
                "scopegate.models=" + root,
                "scopegate.model.name=" + published.manifest().name(),
                "scopegate.model.version=" + published.manifest().version(),
                "scopegate.inference.threads=" + plan.threads());
    }

    private static List<DeviceLoad.Result> load(String address, BenchPlan plan, List<byte[]> frames)
            throws InterruptedException, ExecutionException {
        try (ExecutorService devices = Executors.newFixedThreadPool(plan.streams())) {
            List<Future<DeviceLoad.Result>> running = new ArrayList<>();
            for (int number = 0; number < plan.streams(); number++) {
                running.add(devices.submit(new DeviceLoad(address, plan, number, frames)));
            }
            List<DeviceLoad.Result> results = new ArrayList<>();
            for (Future<DeviceLoad.Result> result : running) {
                results.add(result.get());
            }
            return results;
        }
    }
}
