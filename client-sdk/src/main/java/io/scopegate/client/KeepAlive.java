package io.scopegate.client;

import java.time.Duration;

/**
 * When a silent server is asked for a sign of life, and when it is given up.
 *
 * @param time without any message, after which it is asked
 * @param timeout without a reply, after which it is given up
 */
record KeepAlive(Duration time, Duration timeout) {
    long timeNanos() {
        return Timeouts.nanos(time);
    }

    long timeoutNanos() {
        return Timeouts.nanos(timeout);
    }
}
