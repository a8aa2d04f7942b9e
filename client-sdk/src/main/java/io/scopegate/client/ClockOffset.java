package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the server's clock is ahead of the client's (negative: behind), from four timestamps as in NTP.
 *
 * @param uncertainty half the round trip: the true offset is at most this far away, if neither clock was set meanwhile
 * @param measuredAt by the client's clock
 */
public record ClockOffset(Duration offset, Duration uncertainty, Instant measuredAt) {

    /** Whether both can be true of the same pair of clocks. */
    boolean agreesWith(ClockOffset other) {
        Duration apart = offset.minus(other.offset).abs();
        return apart.compareTo(uncertainty.plus(other.uncertainty)) <= 0;
    }
}
