package io.scopegate.cli.soak;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.Load;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.load.Stage;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.cli.server.SingleModelSettings;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Outcome;
import io.scopegate.client.ScopegateException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./scopegate soak overload}: sends twice as many frames as the server can judge. */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = {
            "Sends twice as many frames as the server can judge, after measuring how many that is.",
            "",
            "Every frame must be answered, and judged unless a newer one supersedes it. Verdicts may be as old as two"
                    + " frame intervals plus one inference (both p99), the shares of the streams may differ by 10 %%, and"
                    + " memory must not grow. Server and clients share the processors of this machine.",
            "",
            "A stream sends at most " + LoadPlan.MOST_FRAMES_PER_SECOND
                    + " frames/s. If that is less than twice the maximum, the test fails without an overload."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all limits were kept", "1:a limit was exceeded, or the server failed", "2:wrong arguments"})
final class OverloadSoakCommand implements Callable<Integer> {

    private static final double SHARE_LIMIT_PERCENT = 10;
    private static final double GROWTH_LIMIT_MEGABYTES = 10;
    private static final double OVERLOAD = 2;
    private static final int SATURATION_SHARE = 10;
    private static final int SAMPLES = 10;

    @Mixin
    private SoakOptions options = new SoakOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds of overload; measuring the maximum before takes a tenth of that. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int seconds = 600;

    @Override
    public Integer call() throws InterruptedException {
        options.requireAtLeast("--seconds", seconds, SATURATION_SHARE);
        try {
            SentPictures pictures = options.pictures();
            PublishedModel model = options.model();
            try (ServerProcess server = options.start(SingleModelSettings.settings(model))) {
                server.awaitModel();
                return options.conclude(soak(server, pictures));
            }
        } catch (IOException | ModelUnusableException | ScopegateException | ExecutionException e) {
            return options.fail(e);
        }
    }

    private SoakReport soak(ServerProcess server, SentPictures pictures)
            throws IOException, InterruptedException, ExecutionException {
        Duration tenth = Duration.ofSeconds(seconds).dividedBy(SATURATION_SHARE);
        LoadPlan most = new LoadPlan(options.streams(), 0, tenth, tenth, DeliveryPolicy.BLOCK);
        double saturated;
        try (Load load = Load.start(server.address(), most, pictures)) {
            saturated = load.results().stream()
                    .mapToDouble(DeviceResult::framesPerSecond)
                    .sum();
        }
        options.progress(
                String.format(Locale.ROOT, "maximum: %.1f frames/s over %d streams", saturated, options.streams()));
        double twice = overload(saturated, options.streams());
        if (twice > LoadPlan.MOST_FRAMES_PER_SECOND) {
            options.progress(String.format(
                    Locale.ROOT,
                    "NOT an overload, so not run: twice the maximum is %.1f frames/s per stream, and a stream sends at"
                            + " most %d; use more --streams",
                    twice,
                    LoadPlan.MOST_FRAMES_PER_SECOND));
        }
        return report(saturated, twice, (rate, report) -> overload(server, pictures, rate, report));
    }

    /** Sends this many frames per second on each stream and adds the figures to the report. */
    interface Overload {
        void run(double framesPerSecond, SoakReport report)
                throws IOException, InterruptedException, ExecutionException;
    }

    /**
     * Returns the report of an overload. If a stream may not send so much, the overload is not run, and the report is
     * not kept.
     *
     * @param saturated maximum that the server judged, in frames per second
     * @param twice rate of each stream that overloads the server
     */
    static SoakReport report(double saturated, double twice, Overload overload)
            throws IOException, InterruptedException, ExecutionException {
        SoakReport report = new SoakReport();
        report.add("saturatedFramesPerSecond", saturated);
        report.atMost("twiceSaturatedPerStream", twice, LoadPlan.MOST_FRAMES_PER_SECOND);
        if (report.kept()) {
            report.add("sentFramesPerSecondPerStream", twice);
            overload.run(twice, report);
        }
        return report;
    }

    /**
     * Returns the rate of each stream that overloads a server with this maximum.
     *
     * @throws IOException if the maximum is not above 0, because no frame was judged
     */
    static double overload(double saturated, int streams) throws IOException {
        if (!(saturated > 0)) {
            throw new IOException("no frame was judged while the maximum was measured");
        }
        return OVERLOAD * saturated / streams;
    }

    private void overload(ServerProcess server, SentPictures pictures, double framesPerSecond, SoakReport report)
            throws IOException, InterruptedException, ExecutionException {
        Duration duration = Duration.ofSeconds(seconds);
        Duration warmUp = duration.dividedBy(SATURATION_SHARE);
        LoadPlan plan = new LoadPlan(options.streams(), framesPerSecond, warmUp, duration, DeliveryPolicy.LATEST_WINS);
        try (Load load = Load.start(server.address(), plan, pictures)) {
            load.awaitWarmUp();
            double start = server.usage().residentMegabytes();
            load.measure();
            double most = start;
            for (int i = 1; i <= SAMPLES; i++) {
                TimeUnit.MILLISECONDS.sleep(duration.toMillis() / SAMPLES);
                double now = server.usage().residentMegabytes();
                most = Math.max(most, now);
                options.progress(String.format(Locale.ROOT, "%d %% done, %.1f MB resident", 100 * i / SAMPLES, now));
            }
            report.add("rssMbStart", start);
            report.atMost("rssMbGrowth", most - start, GROWTH_LIMIT_MEGABYTES);
            conclude(load.results(), 1000 / framesPerSecond, report);
        }
    }

    static void conclude(List<DeviceResult> devices, double intervalMillis, SoakReport report) {
        StageTimes times = new StageTimes();
        devices.forEach(device -> times.addAll(device.times()));
        double inference = times.of(Stage.INFER).milliseconds(99);
        report.add("frames", times.total().count());
        times.outcomes().forEach((outcome, count) -> report.add(outcome.name(), count));
        report.atMost("unanswered", times.count(Outcome.ABANDONED), 0);
        // Superseded frames are expected under overload; other frames that were not judged are not.
        report.atMost("unjudged", times.unjudged() - times.count(Outcome.SUPERSEDED), 0);
        report.add("inferP50Ms", times.of(Stage.INFER).milliseconds(50));
        report.add("inferP99Ms", inference);
        report.add("ageP50Ms", times.of(Stage.AGE).milliseconds(50));
        report.atMost("ageP99Ms", times.of(Stage.AGE).milliseconds(99), 2 * intervalMillis + inference);
        report.atMost("shareDifferencePercent", shareDifference(devices), SHARE_LIMIT_PERCENT);
    }

    /**
     * Returns by how much, at most, the number of judged frames of one stream differs from the mean of all streams, in
     * percent.
     */
    private static double shareDifference(List<DeviceResult> devices) {
        double mean = devices.stream()
                .mapToInt(device -> device.times().count(Outcome.CLASSIFIED))
                .average()
                .orElse(Double.NaN);
        return devices.stream()
                .mapToDouble(device -> Math.abs(device.times().count(Outcome.CLASSIFIED) - mean) / mean * 100)
                .max()
                .orElse(Double.NaN);
    }
}
