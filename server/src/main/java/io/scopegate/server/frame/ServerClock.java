package io.scopegate.server.frame;

import java.time.Instant;

/** The server's two clocks: a wall clock for timestamps and a monotonic one for durations. */
public interface ServerClock {

    /**
     * How often {@link #origin()} reads both clocks. The thread may be descheduled between the two readings, but hardly
     * every time.
     */
    int ORIGIN_TRIES = 3;

    /** Returns the wall-clock time, which may be stepped. */
    Instant wallTime();

    /** Returns the monotonic time in nanoseconds, from an arbitrary origin. */
    long nanoTime();

    /**
     * Returns what the wall clock would have shown when the monotonic clock was at zero. The result stays the same,
     * within the accuracy of the readings, unless the wall clock is set.
     */
    default Instant origin() {
        Instant origin = Instant.EPOCH;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ORIGIN_TRIES; i++) {
            long before = nanoTime();
            Instant wall = wallTime();
            long between = nanoTime() - before;
            if (between < least) {
                least = between;
                origin = wall.minusNanos(before);
            }
        }
        return origin;
    }

    /** Returns the clocks of this machine. */
    static ServerClock system() {
        return new ServerClock() {
            @Override
            public Instant wallTime() {
                return Instant.now();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
