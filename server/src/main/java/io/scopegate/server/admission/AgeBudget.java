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
 * How old a frame may be before it is no longer worth judging.
 *
 * @param limit null means no limit
 */
public record AgeBudget(@Nullable Duration limit) {

    /** No limit. */
    public static final AgeBudget NONE = new AgeBudget(null);

    /**
     * The outcome of a frame that is too old, or null if it is not. Its age counts from its capture time, less the
     * uncertainty of the clocks; at least it is as old as its stay on this server.
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
     * What is wrong with a frame that lies further ahead of its arrival than it may be old, less the uncertainty of the clocks,
     * so that nobody knows its age; or null. Nothing is without a limit, nor while the client's clock is unknown.
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
