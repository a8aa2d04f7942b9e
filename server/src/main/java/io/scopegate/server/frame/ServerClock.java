package io.scopegate.server.frame;

import java.time.Instant;

/** The server's two clocks: one for timestamps, one for durations. */
public interface ServerClock {

    /** Wall clock; may be stepped. */
    Instant wallTime();

    /** Rises steadily from an arbitrary origin. */
    long nanoTime();

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
