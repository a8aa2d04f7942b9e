package io.scopegate.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.testing.Frames;
import io.scopegate.server.testing.ManualClock;
import java.time.Instant;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ids and capture times of frames that arrive one after the other. A frame is admitted if there is no rejection. */
class FrameSequenceTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Condition<@Nullable Rejected> BACKWARDS = new Condition<>(
            rejected -> rejected != null && rejected.reason() == Reason.CAPTURE_TIME_BACKWARDS,
            "rejected because its capture time goes back");

    private final FrameSequence sequence = new FrameSequence();

    @Test
    void risingIdsMayHaveGaps() {
        assertThat(next(0, null)).isNull();
        assertThat(next(1, null)).isNull();
        assertThat(next(100, null)).isNull();
    }

    @Test
    void theSameIdAgainIsRejected() {
        next(7, null);

        assertThat(next(7, null)).isEqualTo(new Rejected(Reason.FRAME_ID_NOT_RISING, "frame_id", "above 7", "7"));
    }

    @Test
    void idsAreUnsigned() {
        next(Long.MAX_VALUE, null);

        assertThat(next(Long.MIN_VALUE, null)).isNull();
        assertThat(next(5, null))
                .isEqualTo(new Rejected(Reason.FRAME_ID_NOT_RISING, "frame_id", "above 9223372036854775808", "5"));
    }

    @Test
    void captureTimeMayStandStill() {
        next(1, NOON);

        assertThat(next(2, NOON)).isNull();
    }

    @Test
    void captureTimeThatGoesBackIsRejectedAlsoAfterFramesWithoutOne() {
        next(1, NOON);
        next(2, null);

        assertThat(next(3, NOON.minusNanos(1)))
                .isEqualTo(new Rejected(
                        Reason.CAPTURE_TIME_BACKWARDS,
                        "capture_time",
                        "not before 2026-11-23T12:00:00Z",
                        "2026-11-23T11:59:59.999999999Z"));
    }

    @Test
    void aClockThatIsSetBackCostsThreeFrames() {
        Instant back = NOON.minusSeconds(3600);
        next(1, NOON);

        assertThat(next(2, back)).is(BACKWARDS);
        assertThat(next(3, back.plusMillis(100))).is(BACKWARDS);
        assertThat(next(4, back.plusMillis(200))).is(BACKWARDS);
        assertThat(next(5, back.plusMillis(300))).isNull();
        assertThat(next(6, back.plusMillis(250))).is(BACKWARDS);
        assertThat(next(7, back.plusMillis(400))).isNull();
    }

    /** Times that go on falling are not those of a clock that was set: all of these frames are rejected. */
    @Test
    void fallingCaptureTimesNeverResetTheClock() {
        next(1, NOON);

        for (int i = 2; i < 20; i++) {
            assertThat(next(i, NOON.minusSeconds(i))).is(BACKWARDS);
        }
    }

    /** Only consecutive frames show that a clock was set: earlier frames among current ones are all rejected. */
    @Test
    void interleavedEarlierFramesNeverResetTheClock() {
        next(0, NOON);

        for (int i = 1; i < 20; i += 2) {
            assertThat(next(i, NOON.minusSeconds(60).plusMillis(i))).is(BACKWARDS);
            assertThat(next(i + 1, NOON.plusMillis(i))).isNull();
        }
    }

    @Test
    void aRejectedFrameDoesNotCount() {
        next(5, NOON);
        assertThat(next(9, NOON.minusSeconds(1))).is(BACKWARDS);

        assertThat(next(6, NOON)).isNull();
    }

    private @Nullable Rejected next(long id, @Nullable Instant captureTime) {
        return sequence.next(Frames.header(id, captureTime, new ManualClock()));
    }
}
