package io.scopegate.server.frame;

import java.time.Instant;

/** The server's two clocks: one for timestamps, one for durations. */
public interface ServerClock {

    /** A thread may be held up between a look at one clock and at the other; hardly every time. */
    int ORIGIN_TRIES = 3;

    /** Wall clock; may be stepped. */
    Instant wallTime();

    /** Rises steadily from an arbitrary origin. */
    long nanoTime();

    /** What the wall clock would have shown when the steady one was at zero. The same always, unless the wall clock is set. */
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

    /** The clocks of this machine. */
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
