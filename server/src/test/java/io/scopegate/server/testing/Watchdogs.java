package io.scopegate.server.testing;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.WatchdogSettings;
import java.time.Duration;

/** Watchdogs for tests. */
public final class Watchdogs {

    /** The longest that a run may take before it counts as hung. */
    public static final Duration LIMIT = Duration.ofSeconds(1);

    /** How long a thread makes no run before it runs the network over a black picture. */
    public static final Duration CANARY_INTERVAL = Duration.ofSeconds(5);

    private Watchdogs() {}

    public static NetworkWatchdog of(ServerClock clock) {
        return new NetworkWatchdog(new WatchdogSettings(LIMIT, CANARY_INTERVAL, false), clock);
    }

    /**
     * Advances the clock by this time in steps of {@link NetworkWatchdog#TICK}. After each step all watchdogs look, as
     * their threads do in the server.
     */
    public static void pass(Duration time, ManualClock clock, NetworkWatchdog... watchdogs) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(NetworkWatchdog.TICK)) {
            clock.advance(NetworkWatchdog.TICK);
            for (NetworkWatchdog watchdog : watchdogs) {
                watchdog.look();
            }
        }
    }
}
