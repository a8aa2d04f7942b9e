package io.scopegate.server.testing;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.Pulse;
import io.scopegate.server.infer.PulseSettings;
import java.time.Duration;

/** Pulses for tests. */
public final class Pulses {

    /** The longest that a run may take before it counts as hung. */
    public static final Duration LIMIT = Duration.ofSeconds(1);

    /** How long a thread makes no run before it runs the network over a black picture. */
    public static final Duration CANARY_INTERVAL = Duration.ofSeconds(5);

    private Pulses() {}

    public static Pulse of(ServerClock clock) {
        return new Pulse(new PulseSettings(LIMIT, CANARY_INTERVAL, false), clock);
    }

    /**
     * Advances the clock by this time in steps of {@link Pulse#TICK}. After each step all pulses look, as their threads
     * do in the server.
     */
    public static void pass(Duration time, ManualClock clock, Pulse... pulses) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(Pulse.TICK)) {
            clock.advance(Pulse.TICK);
            for (Pulse pulse : pulses) {
                pulse.look();
            }
        }
    }
}
