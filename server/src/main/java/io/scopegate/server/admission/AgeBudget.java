package io.scopegate.server.admission;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome.Expired;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Milliseconds;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.Timings.Age;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The age beyond which a frame is no longer worth judging.
 *
 * @param limit null means no limit
 */
public record AgeBudget(@Nullable Duration limit) {

    /** No limit. */
    public static final AgeBudget NONE = new AgeBudget(null);

    /**
     * Returns the outcome of a frame that is over the limit, or null if it is not. The age counts from the capture
     * time, less the uncertainty of the clock offset, but is at least the time since the frame's arrival. While the
     * client's clock is unknown, it is that time.
     */
    public @Nullable Expired exceeded(FrameHeader frame, ClockOffset clock, long nowNanos) {
        if (limit == null) {
            return null;
        }
        Duration age = Duration.ofNanos(nowNanos - frame.receivedNanos());
        Age byClient = clock.age(frame, nowNanos);
        if (byClient != null) {
            Duration least = byClient.sinceCapture().minus(byClient.clockUncertainty());
            age = least.compareTo(age) > 0 ? least : age;
        }
        return age.compareTo(limit) > 0 ? new Expired(age, limit) : null;
    }

    /**
     * Rejects a frame whose capture time is later than its arrival by more than the limit plus the uncertainty of the
     * clock offset: nobody knows the age of such a frame. Returns null for any other frame, and for every frame if
     * there is no limit or the client's clock is unknown.
     */
    public @Nullable Rejected ahead(FrameHeader frame, ClockOffset clock) {
        if (limit == null) {
            return null;
        }
        Age age = clock.age(frame, frame.receivedNanos());
        if (age == null) {
            return null;
        }
        Duration ahead = age.sinceCapture().negated().minus(age.clockUncertainty());
        return ahead.compareTo(limit) > 0
                ? new Rejected(
                        Reason.IMPOSSIBLE_TIME,
                        "capture_time",
                        "at most " + Milliseconds.of(limit) + " after the frame's arrival",
                        Milliseconds.roundedUp(ahead))
                : null;
    }
}
