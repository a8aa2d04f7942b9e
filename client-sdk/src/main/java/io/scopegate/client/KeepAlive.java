package io.scopegate.client;

import java.time.Duration;

/**
 * When a silent server is probed, and when it is given up.
 *
 * @param time how long there may be no message before the server is probed
 * @param timeout how long there may be no message after that before the server is given up
 */
record KeepAlive(Duration time, Duration timeout) {
    long timeNanos() {
        return Timeouts.nanos(time);
    }

    long timeoutNanos() {
        return Timeouts.nanos(timeout);
    }
}
