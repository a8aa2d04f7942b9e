package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the server's clock is ahead of the client's (negative: behind), measured with four timestamps as in NTP.
 *
 * @param uncertainty half the round trip; the true offset is within this distance, unless a clock was set in between
 * @param measuredAt by the client's clock
 */
public record ClockOffset(Duration offset, Duration uncertainty, Instant measuredAt) {

    /** Whether both can be true of the same pair of clocks. */
    boolean agreesWith(ClockOffset other) {
        Duration apart = offset.minus(other.offset).abs();
        return apart.compareTo(uncertainty.plus(other.uncertainty)) <= 0;
    }
}
