package io.scopegate.server.testing;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.Pulse;
import io.scopegate.server.infer.PulseSettings;
import java.time.Duration;

/** Pulses for tests. */
public final class Pulses {

    /** How long a run may take. */
    public static final Duration LIMIT = Duration.ofSeconds(1);

    /** After how long without one a run is made without a frame. */
    public static final Duration CANARY_INTERVAL = Duration.ofSeconds(5);

    private Pulses() {}

    public static Pulse of(ServerClock clock) {
        return new Pulse(new PulseSettings(LIMIT, CANARY_INTERVAL, false), clock);
    }

    /** Lets this time pass as the threads do that look. */
    public static void pass(Duration time, ManualClock clock, Pulse... pulses) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(Pulse.TICK)) {
            clock.advance(Pulse.TICK);
            for (Pulse pulse : pulses) {
                pulse.look();
            }
        }
    }
}
