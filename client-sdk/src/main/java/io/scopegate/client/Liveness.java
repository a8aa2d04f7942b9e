package io.scopegate.client;

import java.time.Duration;

/**
 * Whether the server still gives signs of life. Every message is one; when there has been none for a while, a clock
 * probe asks for one. Guarded by its owner's lock. Times are those of a clock that only rises.
 */
final class Liveness {
    private final KeepAlive keepAlive;
    private final Duration probePeriod;
    private long heardNanos;
    private long probedNanos;
    private boolean asked;

    /**
     * Starts with a probe just sent.
     *
     * @param probePeriod how often to probe a server that is heard all the time
     */
    Liveness(KeepAlive keepAlive, Duration probePeriod, long nowNanos) {
        this.keepAlive = keepAlive;
        this.probePeriod = probePeriod;
        this.heardNanos = nowNanos;
        this.probedNanos = nowNanos;
    }

    /** What is due now. */
    enum Due {
        NOTHING,
        PROBE,
        GIVE_UP
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
        asked = false;
    }

    /** {@link Due#PROBE} counts as done. */
    Due due(long nowNanos) {
        if (asked) {
            return nowNanos - probedNanos >= keepAlive.timeout().toNanos() ? Due.GIVE_UP : Due.NOTHING;
        }
        boolean silent = nowNanos - heardNanos >= keepAlive.time().toNanos();
        if (!silent && nowNanos - probedNanos < probePeriod.toNanos()) {
            return Due.NOTHING;
        }
        asked = silent;
        probedNanos = nowNanos;
        return Due.PROBE;
    }
}
