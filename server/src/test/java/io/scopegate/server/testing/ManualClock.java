package io.scopegate.server.testing;

import io.scopegate.server.frame.ServerClock;
import java.time.Duration;
import java.time.Instant;

/** Stands still until it is told to move. */
public final class ManualClock implements ServerClock {

    private Instant wall;
    private long nanos = 1_000_000_000L;
    private Runnable meanwhile = () -> {};
    private Runnable whileTimed = () -> {};

    public ManualClock() {
        this(Instant.parse("2026-11-23T10:00:00Z"));
    }

    /** @param wall its time at first */
    public ManualClock(Instant wall) {
        this.wall = wall;
    }

    public void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /** As an administrator or a time server does: no time has passed. */
    public void set(Instant time) {
        wall = time;
    }

    /** Does this once, while the wall clock is next looked at. */
    public void whenRead(Runnable action) {
        meanwhile = action;
    }

    /** Does this once, while the steady clock is looked at for the last of so many times from now. */
    public void whenTimed(int times, Runnable action) {
        whileTimed = times == 1 ? action : () -> whenTimed(times - 1, action);
    }

    @Override
    public Instant wallTime() {
        Runnable next = meanwhile;
        meanwhile = () -> {};
        next.run();
        return wall;
    }

    @Override
    public long nanoTime() {
        Runnable next = whileTimed;
        whileTimed = () -> {};
        next.run();
        return nanos;
    }
}
