package io.scopegate.inference.engine;

import java.time.Clock;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks by which builds are timed.
 *
 * @param wall for people; may be stepped
 * @param nanos monotonic, from an arbitrary origin
 */
public record BuildClock(InstantSource wall, LongSupplier nanos) {

    /** The clocks of this machine. */
    public static final BuildClock SYSTEM = new BuildClock(Clock.systemUTC(), System::nanoTime);
}
