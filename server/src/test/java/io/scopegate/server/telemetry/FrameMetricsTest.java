package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameMetricsTest {

    private static final ModelIdentity MODEL = new ModelIdentity("m", 1, "sha256:0", List.of("inbody", "outbody"), 0.5);
    private static final FrameOutcome IN_BODY = new Classified(MODEL, List.of(0.9, 0.1), 0, true);

    private static final Instant CAPTURED = Instant.parse("2026-12-01T10:00:00Z");

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
    void onlyStagesThatAFrameReachedAreTimed() {
        Duration ms = Duration.ofMillis(1);

        failed(new Timings(ms, ms.multipliedBy(3), null, null, null, null, null, 0));

        assertThat(stage("decode").totalTime(TimeUnit.MILLISECONDS)).isCloseTo(3, within(1e-9));
        assertThat(stage("queue").count()).isOne();
        assertThat(stage("infer").count()).isZero();
        assertThat(stage("infer").getId().getTag("model")).isEqualTo("m");
    }

    @Test
    void anAgeIsTimedUnlessTheCaptureTimeLiesAhead() {
        judged(CAPTURED, ofAge(Duration.ofMillis(-1)));
        judged(CAPTURED, ofAge(Duration.ofMillis(5)));

        assertThat(ages().count()).isOne();
        assertThat(ages().totalTime(TimeUnit.MILLISECONDS)).isCloseTo(5, within(1e-9));
    }

    @Test
    void ageOverOneDayIsNotRecorded() {
        judged(CAPTURED, ofAge(Duration.ofDays(1)));
        judged(CAPTURED, ofAge(Duration.ofDays(1).plusNanos(1)));
        judged(CAPTURED, ofAge(Duration.between(Instant.parse("0001-01-01T00:00:00Z"), CAPTURED)));

        assertThat(ages().count()).isOne();
        assertThat(ages().totalTime(TimeUnit.HOURS)).isCloseTo(24, within(1e-9));
        assertThat(frames("classified", "model")).isEqualTo(3);
    }

    @Test
    void ageIsRecordedOnlyForJudgedFramesWithACaptureTime() {
        judged(CAPTURED, ofAge(Duration.ofMillis(5)));
        judged(null, ofAge(Duration.ofMillis(7)));
        failed(ofAge(Duration.ofMillis(9)));

        assertThat(ages().totalTime(TimeUnit.MILLISECONDS)).isCloseTo(5, within(1e-9));
    }

    @Test
    void aBatchIsSeenByEachFrameThatTheNetworkJudgedInIt() {
        judged(null, ofBatch(3));
        judged(null, ofBatch(1));
        failed(ofBatch(0));

        DistributionSummary batches = registry.get("scopegate.frame.batch.size").summary();
        assertThat(batches.count()).isEqualTo(2);
        assertThat(batches.totalAmount()).isEqualTo(4);
    }

    @Test
    void aStreamsVerdictIsCountedWhereItTurns() {
        VerdictTransitions stream = new VerdictTransitions(metrics);
        FrameVerdict in = new FrameVerdict(true, true, Reason.MODEL);
        FrameVerdict out = FrameVerdict.outOfBody(false, Reason.MODEL);

        for (FrameVerdict verdict : List.of(out, in, in, out, out, in)) {
            stream.answered("m", answer(IN_BODY, verdict));
        }
        stream.answered("m", answer(new Superseded(2), FrameVerdict.outOfBody(false, Reason.SUPERSEDED)));
        stream.answered("m", answer(IN_BODY, in));

        assertThat(turned("in_body")).isEqualTo(2);
        assertThat(turned("out_of_body")).isOne();
    }

    private double turned(String to) {
        return registry.get("scopegate.verdict.transitions")
                .tags("model", "m", "to", to)
                .counter()
                .count();
    }

    private Timer ages() {
        return registry.get("scopegate.frame.age").timer();
    }

    private static Timings ofAge(Duration age) {
        return new Timings(null, null, null, null, null, null, new Timings.Age(age, Duration.ZERO, Duration.ZERO), 0);
    }

    private static Timings ofBatch(int size) {
        return new Timings(null, null, null, null, null, null, null, size);
    }

    private void judged(@Nullable Instant captured, Timings timings) {
        metrics.answered(
                "m",
                new FrameAnswer(
                        Frames.header(1, captured, new ManualClock()),
                        IN_BODY,
                        new FrameVerdict(true, true, Reason.MODEL),
                        timings));
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
        metrics.answered("m", answer(outcome, verdict));
    }

    private static FrameAnswer answer(FrameOutcome outcome, FrameVerdict verdict) {
        return new FrameAnswer(Frames.header(1, null, new ManualClock()), outcome, verdict, Timings.NONE);
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
