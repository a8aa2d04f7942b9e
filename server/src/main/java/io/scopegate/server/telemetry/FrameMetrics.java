package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.Timings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts and times frames. Any thread. */
public final class FrameMetrics {

    /** Around the frame intervals of 200 to 5 frames a second. */
    private static final Duration[] BUCKETS = Arrays.stream(new long[] {
                500, 1000, 2000, 5000, 10_000, 16_700, 20_000, 25_000, 33_400, 50_000, 75_000, 100_000, 200_000
            })
            .mapToObj(micros -> Duration.ofNanos(1000 * micros))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Timer decode;
    private final Timer preprocess;
    private final Timer queue;
    private final Timer infer;
    private final Timer postprocess;
    private final Timer age;
    private final Counter abandoned;

    public FrameMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.decode = stage("decode");
        this.preprocess = stage("preprocess");
        this.queue = stage("queue");
        this.infer = stage("infer");
        this.postprocess = stage("postprocess");
        this.age = Timer.builder("scopegate.frame.age")
                .description("From a frame's capture time to its verdict, where the client's clock is known")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.abandoned = frames("abandoned", "stream_ended");
    }

    private Timer stage(String stage) {
        return Timer.builder("scopegate.frame.stage")
                .description("What a frame's time went into")
                .tag("stage", stage)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter frames(String outcome, String reason) {
        return Counter.builder("scopegate.frames")
                .description("Frames by what became of them and why the verdict is what it is")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }

    /** A frame is answered. */
    public void answered(FrameAnswer answer) {
        frames(outcome(answer.outcome()), answer.verdict().reason().name().toLowerCase(Locale.ROOT))
                .increment();
        Timings times = answer.timings();
        record(decode, times.decode());
        record(preprocess, times.preprocess());
        record(queue, times.queue());
        record(infer, times.infer());
        record(postprocess, times.postprocess());
        if (times.age() != null) {
            record(age, times.age().sinceCapture());
        }
    }

    /** A stream has ended with so many frames that will not be answered. */
    public void abandoned(int count) {
        abandoned.increment(count);
    }

    private static void record(Timer timer, @Nullable Duration time) {
        if (time != null) {
            timer.record(time);
        }
    }

    private static String outcome(FrameOutcome outcome) {
        return switch (outcome) {
            case Classified ignored -> "classified";
            case Superseded ignored -> "superseded";
            case Expired ignored -> "expired";
            case Rejected ignored -> "rejected";
            case Failed ignored -> "failed";
        };
    }
}
