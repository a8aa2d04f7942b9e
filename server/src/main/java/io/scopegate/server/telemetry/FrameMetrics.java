package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scopegate.server.frame.FrameAnswer;
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

    /** Around the frame intervals of 200 to 5 frames a second. */
    private static final Duration[] BUCKETS = Arrays.stream(new long[] {
                500, 1000, 2000, 5000, 10_000, 16_700, 20_000, 25_000, 33_400, 50_000, 75_000, 100_000, 200_000
            })
            .mapToObj(micros -> Duration.ofNanos(1000 * micros))
            .toArray(Duration[]::new);

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
                        "Messages that ended their call or came too late for it; each had a frame that is counted nowhere"
                                + " else, or may have had one")
                .tag("reason", Labels.reason(why))
                .register(registry);
    }

    /** The labels of a counter; as few as there are models, outcomes and reasons. */
    private record Counted(String model, String outcome, String reason) {}

    /** Of one model. */
    private record Timers(Timer decode, Timer preprocess, Timer queue, Timer infer, Timer postprocess, Timer age) {}

    private Timers timers(String model) {
        return timers.computeIfAbsent(
                model,
                name -> new Timers(
                        stage(name, "decode"),
                        stage(name, "preprocess"),
                        stage(name, "queue"),
                        stage(name, "infer"),
                        stage(name, "postprocess"),
                        Timer.builder("scopegate.frame.age")
                                .description("From a frame's capture time to its verdict, where the client's clock is"
                                        + " known")
                                .tag("model", name)
                                .serviceLevelObjectives(BUCKETS)
                                .register(registry)));
    }

    private Timer stage(String model, String stage) {
        return Timer.builder("scopegate.frame.stage")
                .description("What a frame's time went into")
                .tags("model", model, "stage", stage)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter frames(Counted counted) {
        return counters.computeIfAbsent(
                counted,
                labels -> Counter.builder("scopegate.frames")
                        .description("Frames by what became of them and why the verdict is what it is")
                        .tags("model", labels.model(), "outcome", labels.outcome(), "reason", labels.reason())
                        .register(registry));
    }

    /** A frame is answered that was meant for this model. It is counted last: where this throws, it is not. */
    public void answered(String model, FrameAnswer answer) {
        Timers of = timers(model);
        Timings times = answer.timings();
        record(of.decode(), times.decode());
        record(of.preprocess(), times.preprocess());
        record(of.queue(), times.queue());
        record(of.infer(), times.infer());
        record(of.postprocess(), times.postprocess());
        if (times.age() != null) {
            record(of.age(), times.age().sinceCapture());
        }
        String reason = Labels.reason(answer.verdict().reason());
        frames(new Counted(model, Labels.outcome(answer.outcome()), reason)).increment();
    }

    /** A stream of this model has ended with so many frames that will not be answered. */
    public void abandoned(String model, int count) {
        frames(new Counted(model, "abandoned", "stream_ended")).increment(count);
    }

    /** A message with a frame was not taken, or one that may have had a frame, nobody knows for which model. */
    public void refused(RefusedMessage why) {
        Objects.requireNonNull(refused.get(why)).increment();
    }

    /** A capture time that lies ahead makes an age that is none. */
    private static void record(Timer timer, @Nullable Duration time) {
        if (time != null && !time.isNegative()) {
            timer.record(time);
        }
    }
}
