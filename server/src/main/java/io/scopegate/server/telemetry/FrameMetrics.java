package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.Timings;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts and times frames. Any thread. */
public final class FrameMetrics {

    /** Bounds of the time histograms, around the frame intervals of 200 to 5 frames a second. */
    private static final Duration[] BUCKETS = Arrays.stream(new long[] {
                500, 1000, 2000, 5000, 10_000, 16_700, 20_000, 25_000, 33_400, 50_000, 75_000, 100_000, 200_000
            })
            .mapToObj(micros -> Duration.ofNanos(1000 * micros))
            .toArray(Duration[]::new);

    /** Bounds of the batch size histogram: powers of two up to the most frames that a model may allow in a run. */
    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    /**
     * Older frames are left out: no camera's frame is older, so its capture time is wrong, and in the sum it would
     * hide all other ages.
     */
    private static final Duration OLDEST = Duration.ofDays(1);

    private final MeterRegistry registry;
    private final Map<String, Timers> timers = new ConcurrentHashMap<>();
    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();
    private final Map<RefusedMessage, Counter> refused = new EnumMap<>(RefusedMessage.class);

    public FrameMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (RefusedMessage why : RefusedMessage.values()) {
            refused.put(why, refusals(registry, why));
        }
    }

    private static Counter refusals(MeterRegistry registry, RefusedMessage why) {
        return Counter.builder("scopegate.messages.refused")
                .description(
                        "Messages that ended their call or arrived too late for it, and contained or may have contained"
                                + " a frame; such a frame is in no other count")
                .tag("reason", Labels.reason(why))
                .register(registry);
    }

    /** The labels of a counter. There are only as many as models, outcomes and reasons. */
    private record Counted(String model, String outcome, String reason) {}

    /** The meters of one model. */
    private record Timers(
            Timer decode,
            Timer preprocess,
            Timer queue,
            Timer infer,
            Timer postprocess,
            Timer age,
            DistributionSummary batch) {}

    private Timers timers(String model) {
        return timers.computeIfAbsent(
                model,
                name -> new Timers(
                        stage(name, "decode"),
                        stage(name, "preprocess"),
                        stage(name, "queue"),
                        stage(name, "infer"),
                        stage(name, "postprocess"),
                        age(name),
                        batch(name)));
    }

    private Timer age(String model) {
        return Timer.builder("scopegate.frame.age")
                .description("Time from the capture of a judged frame to its verdict, if the client's clock is known")
                .tag("model", model)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private DistributionSummary batch(String model) {
        return DistributionSummary.builder("scopegate.frame.batch.size")
                .description("Number of frames judged in the same run of the network, recorded per frame")
                .tag("model", model)
                .serviceLevelObjectives(BATCHES)
                .register(registry);
    }

    private Timer stage(String model, String stage) {
        return Timer.builder("scopegate.frame.stage")
                .description("Time a frame spends in each stage")
                .tags("model", model, "stage", stage)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter frames(Counted counted) {
        return counters.computeIfAbsent(
                counted,
                labels -> Counter.builder("scopegate.frames")
                        .description("Frames by outcome, and the reason for the verdict")
                        .tags("model", labels.model(), "outcome", labels.outcome(), "reason", labels.reason())
                        .register(registry));
    }

    /**
     * Records an answered frame that was meant for this model. The frame counter comes last: if this throws, the frame
     * is not counted.
     */
    public void answered(String model, FrameAnswer answer) {
        Timers of = timers(model);
        Timings times = answer.timings();
        record(of.decode(), times.decode());
        record(of.preprocess(), times.preprocess());
        record(of.queue(), times.queue());
        record(of.infer(), times.infer());
        record(of.postprocess(), times.postprocess());
        if (times.batchSize() > 0) {
            of.batch().record(times.batchSize());
        }
        recordAge(of.age(), answer);
        String reason = Labels.reason(answer.verdict().reason());
        frames(new Counted(model, Labels.outcome(answer.outcome()), reason)).increment();
    }

    /**
     * Records the age of a judged frame. Frames that were not judged are left out, since a mix of both would show the
     * age of neither; a frame without a capture time has no age.
     */
    private static void recordAge(Timer timer, FrameAnswer answer) {
        Timings.Age age = answer.timings().age();
        if (age != null
                && answer.outcome() instanceof Classified
                && answer.header().captureTime() != null
                && age.sinceCapture().compareTo(OLDEST) <= 0) {
            record(timer, age.sinceCapture());
        }
    }

    /**
     * Counts a change of a stream's verdict, which devices act on.
     *
     * @param inBody the new verdict
     */
    void turned(String model, boolean inBody) {
        Counter.builder("scopegate.verdict.transitions")
                .description("Changes of a stream's verdict, by the new verdict")
                .tags("model", model, "to", inBody ? "in_body" : "out_of_body")
                .register(registry)
                .increment();
    }

    /** Counts frames for this model that will not be answered because their stream has ended. */
    public void abandoned(String model, int count) {
        frames(new Counted(model, "abandoned", "stream_ended")).increment(count);
    }

    /**
     * Counts a message that was not taken and that contained, or may have contained, a frame. For which model is
     * unknown.
     */
    public void refused(RefusedMessage why) {
        Objects.requireNonNull(refused.get(why)).increment();
    }

    /** Records a time unless it is negative: a capture time that lies ahead gives no age. */
    private static void record(Timer timer, @Nullable Duration time) {
        if (time != null && !time.isNegative()) {
            timer.record(time);
        }
    }
}
