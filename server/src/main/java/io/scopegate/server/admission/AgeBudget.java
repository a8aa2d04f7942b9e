package io.scopegate.server.admission;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome.Expired;
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
}
