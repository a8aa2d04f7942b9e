package io.scopegate.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until the test moves it, with nanoseconds and wall time. The wall time can be made to fail.
 */
final class ManualClock extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final AtomicInteger readable = new AtomicInteger(Integer.MAX_VALUE);

    void advance(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }

    /** Makes the wall time fail after this many reads. */
    void failAfter(int reads) {
        readable.set(reads);
    }

    void mend() {
        readable.set(Integer.MAX_VALUE);
    }

    long nanos() {
        return Duration.between(Instant.EPOCH, now.get()).toNanos();
    }

    @Override
    public Instant instant() {
        if (readable.getAndDecrement() <= 0) {
            throw new IllegalStateException("the clock is gone");
        }
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock has one zone");
    }
}
