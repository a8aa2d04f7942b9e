package io.scopegate.client;

import java.time.Duration;

/** Converts the times that an application is willing to wait. */
final class Timeouts {
    /** As good as for ever, and small enough that the sum with {@link System#nanoTime()} still compares correctly. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Timeouts() {}

    /** Returns the timeout in nanoseconds; a negative one counts as 0, one beyond the longest as the longest. */
    static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : timeout.toNanos();
    }

    /** Returns when the timeout ends, by {@link System#nanoTime()}. */
    static long deadline(Duration timeout) {
        return System.nanoTime() + nanos(timeout);
    }
}
