package io.scopegate.inference.target;

import java.time.Duration;

/**
 * Exponential back-off after failures whose reason may pass: the delay doubles each time.
 *
 * @param first delay after the first failure
 * @param most longest delay
 */
public record BackOff(Duration first, Duration most) {

    /** For engines and devices: 1 min to 1 h. */
    public static final BackOff OF_DEVICES = new BackOff(Duration.ofMinutes(1), Duration.ofHours(1));

    /**
     * Returns the delay before the next attempt.
     *
     * @param failures consecutive failures so far, at least 1
     */
    public Duration after(int failures) {
        Duration delay = first;
        for (int i = 1; i < failures && delay.compareTo(most) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(most) < 0 ? delay : most;
    }
}
