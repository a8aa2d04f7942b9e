package io.scopegate.server.testing;

import io.scopegate.server.frame.ServerClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until the test moves it. */
public final class ManualClock implements ServerClock {

    private Instant wall;
    private long nanos = 1_000_000_000L;
    private Runnable meanwhile = () -> {};
    private Runnable whileTimed = () -> {};

    public ManualClock() {
        this(Instant.parse("2026-11-23T10:00:00Z"));
    }

    /** @param wall the initial wall-clock time */
    public ManualClock(Instant wall) {
        this.wall = wall;
    }

    public void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /** Sets the wall clock as an administrator or a time server does; the steady clock does not move. */
    public void set(Instant time) {
        wall = time;
    }

    /** Runs this action once, during the next read of the wall clock. */
    public void whenRead(Runnable action) {
        meanwhile = action;
    }

    /** Runs this action once, during the given read of the steady clock, counted from now; 1 is the next. */
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
