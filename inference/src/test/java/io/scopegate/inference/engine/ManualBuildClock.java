package io.scopegate.inference.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still at noon until the test moves it. */
public final class ManualBuildClock {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    public BuildClock clock() {
        return new BuildClock(() -> NOON.plusNanos(nanos.get()), nanos::get);
    }
}
