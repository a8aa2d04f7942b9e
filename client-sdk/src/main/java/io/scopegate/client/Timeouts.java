package io.scopegate.client;

import java.time.Duration;

/** How long an application wants to wait. */
final class Timeouts {
    /** As good as for ever; so far that the sum with {@link System#nanoTime()} still compares. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Timeouts() {}

    /** In nanoseconds, whatever was asked for. */
    static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : timeout.toNanos();
    }

    /** When that time is over, by {@link System#nanoTime()}. */
    static long deadline(Duration timeout) {
        return System.nanoTime() + nanos(timeout);
    }
}
