package io.scopegate.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings.Age;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ages of frames of a client whose clock is 100 s behind the server's, with and without exchanges of clocks. */
class AgeBudgetTest {

    private static final Duration CLIENT_BEHIND = Duration.ofSeconds(100);

    private final ManualClock clock = new ManualClock();
    private final ClockOffset offset = new ClockOffset();
    private final AgeBudget budget = new AgeBudget(Duration.ofMillis(50));

    @Test
    void withoutALimitNothingExpires() {
        FrameHeader frame = Frames.header(1, null, clock);
        clock.advance(Duration.ofDays(1));

        assertThat(AgeBudget.NONE.exceeded(frame, offset, clock.nanoTime())).isNull();
    }

    @Test
    void beforeAClockExchangeAgeCountsFromArrival() {
        FrameHeader frame = Frames.header(1, clock.wallTime().minusSeconds(1000), clock);

        clock.advance(Duration.ofMillis(50));
        assertThat(budget.exceeded(frame, offset, clock.nanoTime())).isNull();
        clock.advance(Duration.ofNanos(1));
        assertThat(budget.exceeded(frame, offset, clock.nanoTime()))
                .isEqualTo(new Expired(Duration.ofNanos(50_000_001), Duration.ofMillis(50)));
    }

    @Test
    void ageCountsFromCaptureLessUncertaintyAfterAClockExchange() {
        measure(Duration.ofMillis(5));
        FrameHeader frame = Frames.header(1, clientTime().minusMillis(30), clock);

        clock.advance(Duration.ofMillis(25));
        assertThat(budget.exceeded(frame, offset, clock.nanoTime())).isNull();
        clock.advance(Duration.ofMillis(1));
        assertThat(budget.exceeded(frame, offset, clock.nanoTime()))
                .isEqualTo(new Expired(Duration.ofMillis(51), Duration.ofMillis(50)));
    }

    @Test
    void aFrameFromTheFutureIsAsOldAsItsStay() {
        measure(Duration.ZERO);
        FrameHeader frame = Frames.header(1, clientTime().plusSeconds(60), clock);

        clock.advance(Duration.ofMillis(51));

        assertThat(budget.exceeded(frame, offset, clock.nanoTime()))
                .isEqualTo(new Expired(Duration.ofMillis(51), Duration.ofMillis(50)));
    }

    @Test
    void aFrameFurtherAheadThanItMayBeOldIsImpossible() {
        measure(Duration.ofMillis(5));

        assertThat(budget.ahead(Frames.header(1, clientTime().plusMillis(55), clock), offset))
                .isNull();
        assertThat(budget.ahead(Frames.header(2, clientTime().plusMillis(55).plusNanos(1), clock), offset))
                .isEqualTo(new Rejected(
                        Reason.IMPOSSIBLE_TIME, "capture_time", "at most 50 ms after the frame's arrival", "51 ms"));
    }

    @Test
    void aLimitIsToldWithItsFraction() {
        measure(Duration.ZERO);
        AgeBudget fraction = new AgeBudget(Duration.ofNanos(50_500_000));

        assertThat(fraction.ahead(Frames.header(1, clientTime().plusMillis(51), clock), offset))
                .isEqualTo(new Rejected(
                        Reason.IMPOSSIBLE_TIME, "capture_time", "at most 50.5 ms after the frame's arrival", "51 ms"));
    }

    @Test
    void frameIsNeverAheadWithoutABudgetOrAClockExchange() {
        FrameHeader frame = Frames.header(1, clientTime().plusSeconds(60), clock);
        assertThat(budget.ahead(frame, offset)).isNull();

        measure(Duration.ZERO);

        assertThat(AgeBudget.NONE.ahead(frame, offset)).isNull();
    }

    @Test
    void theAgeIsStatedWithOffsetAndUncertainty() {
        FrameHeader frame = Frames.header(1, clientTime().minusMillis(30), clock);
        assertThat(offset.age(frame, clock.nanoTime())).isNull();

        measure(Duration.ofMillis(5));

        assertThat(offset.age(frame, clock.nanoTime()))
                .isEqualTo(new Age(Duration.ofMillis(30), CLIENT_BEHIND, Duration.ofMillis(5)));
    }

    @Test
    void anExchangeOverASteppedClockIsLeftOut() {
        measure(Duration.ofMillis(5));
        Instant server = clock.wallTime();
        offset.measured(
                new ClockExchange(clientTime(), server, server, clientTime().minusSeconds(1)), clock.origin());

        Age age = offset.age(Frames.header(1, null, clock), clock.nanoTime());

        assertThat(age).isEqualTo(new Age(Duration.ZERO, CLIENT_BEHIND, Duration.ofMillis(5)));
    }

    @Test
    void anExchangeThatWaitedBehindFramesDoesNotReplaceABetterOne() {
        measure(Duration.ofMillis(5));
        Instant sent = clientTime();
        Instant received = clock.wallTime().plusSeconds(1);

        offset.measured(new ClockExchange(sent, received, received, received.minus(CLIENT_BEHIND)), clock.origin());

        assertThat(offset.age(Frames.header(1, null, clock), clock.nanoTime()))
                .isEqualTo(new Age(Duration.ZERO, CLIENT_BEHIND, Duration.ofMillis(5)));
    }

    @Test
    void aClockThatWasSetIsFollowedAtOnce() {
        measure(Duration.ofMillis(5));
        Instant sent = clientTime().plusSeconds(3);
        Instant received = clock.wallTime().plusMillis(8);

        offset.measured(new ClockExchange(sent, received, received, sent.plusMillis(16)), clock.origin());

        assertThat(offset.age(Frames.header(1, null, clock), clock.nanoTime()))
                .isEqualTo(new Age(Duration.ZERO, CLIENT_BEHIND.minusSeconds(3), Duration.ofMillis(8)));
    }

    @Test
    void anOldExchangeIsForgottenHoweverGood() {
        measure(Duration.ofMillis(1));
        for (int i = 0; i < 6; i++) {
            measure(Duration.ofMillis(5));
        }

        assertThat(offset.age(Frames.header(1, null, clock), clock.nanoTime()))
                .isEqualTo(new Age(Duration.ZERO, CLIENT_BEHIND, Duration.ofMillis(5)));
    }

    @Test
    void theServersOwnClockMayBeSetMeanwhile() {
        measure(Duration.ofMillis(5));
        Instant captured = clientTime().minusMillis(30);

        clock.set(clock.wallTime().plusSeconds(3600));

        assertThat(offset.age(Frames.header(1, captured, clock), clock.nanoTime()))
                .isEqualTo(new Age(Duration.ofMillis(30), CLIENT_BEHIND.plusSeconds(3600), Duration.ofMillis(5)));
    }

    @Test
    void theServersOwnClockMayBeSetDuringAnExchange() {
        clock.advance(Duration.ofNanos(123_456));
        Instant sent = clientTime();
        Instant received = clock.wallTime();
        offset.replied(received, clock.origin());

        clock.set(clock.wallTime().minusSeconds(3600));
        // As a client gives it back whose timestamps end with the microseconds.
        offset.measured(
                new ClockExchange(sent, received, received.truncatedTo(ChronoUnit.MICROS), sent), clock.origin());

        Age age = Objects.requireNonNull(offset.age(Frames.header(1, sent.minusMillis(30), clock), clock.nanoTime()));
        assertThat(age.sinceCapture()).isCloseTo(Duration.ofMillis(30), Duration.ofNanos(1000));
    }

    private Instant clientTime() {
        return clock.wallTime().minus(CLIENT_BEHIND);
    }

    private void measure(Duration oneWay) {
        Instant sent = clientTime();
        Instant received = sent.plus(CLIENT_BEHIND).plus(oneWay);
        Instant replied = received.plusMillis(3);
        offset.measured(
                new ClockExchange(
                        sent, received, replied, replied.minus(CLIENT_BEHIND).plus(oneWay)),
                clock.origin());
    }
}
