package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameMetricsTest {

    private static final ModelIdentity MODEL = new ModelIdentity("m", 1, "sha256:0", List.of("inbody", "outbody"), 0.5);
    private static final FrameOutcome IN_BODY = new Classified(MODEL, List.of(0.9, 0.1), 0, true);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FrameMetrics metrics = new FrameMetrics(registry);

    @Test
    void framesAreCountedByOutcomeAndByTheReasonOfTheirVerdict() {
        answered(IN_BODY, new FrameVerdict(true, true, Reason.MODEL));
        answered(IN_BODY, FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        answered(IN_BODY, FrameVerdict.outOfBody(true, Reason.SMOOTHING));
        answered(new Failed(Reason.NO_MODEL, ""), FrameVerdict.outOfBody(false, Reason.NO_MODEL));
        metrics.abandoned("m", 7);
        metrics.abandoned("other", 1);

        assertThat(frames("classified", "model")).isOne();
        assertThat(frames("classified", "smoothing")).isEqualTo(2);
        assertThat(frames("failed", "no_model")).isOne();
        assertThat(frames("abandoned", "stream_ended")).isEqualTo(7);
    }

    @Test
    void refusedMessagesAreCountedByReasonFromNone() {
        metrics.refused(RefusedMessage.TOO_LARGE);
        metrics.refused(RefusedMessage.TOO_LARGE);

        assertThat(refused("too_large")).isEqualTo(2);
        assertThat(refused("unreadable")).isZero();
        assertThat(refused("too_many_parts")).isZero();
        assertThat(refused("not_allowed")).isZero();
        assertThat(refused("call_over")).isZero();
    }

    private double refused(String reason) {
        return registry.get("scopegate.messages.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void stagesAreTimedWhereTheFrameCameToThem() {
        Duration ms = Duration.ofMillis(1);

        failed(new Timings(ms, ms.multipliedBy(3), null, null, null, null, null, 0));

        assertThat(stage("decode").totalTime(TimeUnit.MILLISECONDS)).isCloseTo(3, within(1e-9));
        assertThat(stage("queue").count()).isOne();
        assertThat(stage("infer").count()).isZero();
        assertThat(stage("infer").getId().getTag("model")).isEqualTo("m");
    }

    @Test
    void anAgeIsTimedUnlessTheCaptureTimeLiesAhead() {
        failed(ofAge(Duration.ofMillis(-1)));
        failed(ofAge(Duration.ofMillis(5)));

        Timer ages = registry.get("scopegate.frame.age").timer();
        assertThat(ages.count()).isOne();
        assertThat(ages.totalTime(TimeUnit.MILLISECONDS)).isCloseTo(5, within(1e-9));
    }

    private static Timings ofAge(Duration age) {
        return new Timings(null, null, null, null, null, null, new Timings.Age(age, Duration.ZERO, Duration.ZERO), 0);
    }

    private void failed(Timings timings) {
        metrics.answered(
                "m",
                new FrameAnswer(
                        Frames.header(1, null, new ManualClock()),
                        new Failed(Reason.INTERNAL, ""),
                        FrameVerdict.outOfBody(false, Reason.INTERNAL),
                        timings));
    }

    private void answered(FrameOutcome outcome, FrameVerdict verdict) {
        metrics.answered(
                "m", new FrameAnswer(Frames.header(1, null, new ManualClock()), outcome, verdict, Timings.NONE));
    }

    private double frames(String outcome, String reason) {
        return registry.get("scopegate.frames")
                .tags("model", "m", "outcome", outcome, "reason", reason)
                .counter()
                .count();
    }

    private Timer stage(String name) {
        return registry.get("scopegate.frame.stage").tag("stage", name).timer();
    }
}
