package io.scopegate.cli.soak;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.Load;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Outcome;
import io.scopegate.client.ScopegateException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./scopegate soak reloads}: publishes versions, every other one spoiled, while devices send. */
@Command(
        name = "reloads",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes valid and invalid model versions in turn while clients send frames.",
            "",
            "Every frame must be answered and judged, the server must stay healthy, and memory must not grow after the"
                    + " first 50 versions. Invalid versions are truncated, or have a wrong digest, a bad signature,"
                    + " wrong shapes, NaN weights or different golden results."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all limits were kept", "1:a limit was exceeded, or the server failed", "2:wrong arguments"})
final class ReloadSoakCommand implements Callable<Integer> {

    private static final double GROWTH_LIMIT_MEGABYTES = 10;
    private static final int SETTLED_AFTER = 50;
    private static final int TOLD_EVERY = 50;
    private static final Duration UNTIL_STOPPED = Duration.ofDays(1);
    /**
     * Run at full speed before measuring, because the code that Java compiles for the path of a frame takes memory,
     * too.
     */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    @Mixin
    private SoakOptions options = new SoakOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Number of valid versions, and of invalid ones, at least 51. Default: ${DEFAULT-VALUE}.")
    private int count = 1000;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Frames per second of each stream, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private double framesPerSecond = 5;

    @Override
    public Integer call() throws InterruptedException {
        options.requireAtLeast("--count", count, SETTLED_AFTER + 1);
        options.requireAtLeast("--fps", framesPerSecond, 1);
        options.requireAtMost("--fps", framesPerSecond, LoadPlan.MOST_FRAMES_PER_SECOND);
        try {
            SentPictures pictures = options.pictures();
            try (ReloadingServer server = ReloadingServer.start(options)) {
                return options.conclude(soak(server, pictures));
            }
        } catch (IOException | ModelUnusableException | ScopegateException | ExecutionException e) {
            return options.fail(e);
        }
    }

    private SoakReport soak(ReloadingServer server, SentPictures pictures)
            throws IOException, InterruptedException, ExecutionException, ModelUnusableException {
        LoadPlan plan =
                new LoadPlan(options.streams(), framesPerSecond, Duration.ZERO, UNTIL_STOPPED, DeliveryPolicy.BLOCK);
        warmUp(server, plan, pictures);
        SoakReport report = new SoakReport();
        try (Load load = Load.start(server.process().address(), plan, pictures);
                HealthWatch health = HealthWatch.start(server.status()::healthy)) {
            load.awaitWarmUp();
            load.measure();
            reload(server, count, options::progress, report);
            load.stop();
            conclude(load.results(), report);
            health.finish();
            report.add("healthAsked", health.asked());
            report.add("healthSlowestMs", health.slowestMillis());
            report.atMost("unhealthy", health.unhealthy(), 0);
        }
        return report;
    }

    private static void warmUp(ReloadingServer server, LoadPlan plan, SentPictures pictures)
            throws InterruptedException, ExecutionException {
        LoadPlan fullSpeed = plan.atFullSpeed().lasting(WARM_UP, Duration.ZERO);
        try (Load load = Load.start(server.process().address(), fullSpeed, pictures)) {
            load.results();
        }
    }

    /**
     * Publishes versions in turn, and reports how many there were and how much memory the server took for them.
     *
     * @param count number of valid versions, and of invalid ones
     * @param progress gets a line for humans now and then
     */
    static void reload(ReloadTarget server, int count, Consumer<String> progress, SoakReport report)
            throws IOException, InterruptedException, ModelUnusableException {
        double settled = Double.NaN;
        for (int i = 1; i <= count; i++) {
            server.reload();
            server.refuse();
            if (i == SETTLED_AFTER) {
                settled = server.residentMegabytes();
            }
            if (i % TOLD_EVERY == 0) {
                progress.accept(String.format(
                        Locale.ROOT,
                        "%d valid and %d invalid versions, %.1f MB resident",
                        i,
                        i,
                        server.residentMegabytes()));
            }
        }
        double end = server.residentMegabytes();
        report.add("soundVersions", count);
        report.add("spoiledVersions", count);
        report.add("rssMbAfterFirst50", settled);
        report.add("rssMbEnd", end);
        report.atMost("rssMbGrowth", end - settled, GROWTH_LIMIT_MEGABYTES);
    }

    private static void conclude(List<DeviceResult> devices, SoakReport report) {
        StageTimes times = new StageTimes();
        devices.forEach(device -> times.addAll(device.times()));
        int all = times.total().count();
        report.add("frames", all);
        report.add("totalP99Ms", times.total().milliseconds(99));
        report.add("totalMaxMs", times.total().milliseconds(100));
        report.atMost("unanswered", times.count(Outcome.ABANDONED), 0);
        report.atMost("unjudged", times.unjudged(), 0);
    }
}
