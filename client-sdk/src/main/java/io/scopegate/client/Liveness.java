package io.scopegate.client;

import java.time.Duration;

/**
 * Tracks whether the server still gives signs of life. Every message is one; when there has been none for a while, a
 * clock probe asks for one. Guarded by its owner's lock. Times are those of a monotonic clock.
 */
final class Liveness {
    /**
     * How long a probe may be held up by what the transport was given before it, for instance by a picture of 32 MiB
     * on a link of 9 Mbit/s.
     */
    static final Duration LONGEST_HOLD_UP = Duration.ofSeconds(30);

    private final KeepAlive keepAlive;
    private final Duration probePeriod;
    private long heardNanos;
    private long probedNanos;
    private boolean asked;
    private boolean heldUp;
    private long heldUpNanos;

    /**
     * Starts with a probe just sent.
     *
     * @param probePeriod how often to probe a server that is heard from all the time
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

    /**
     * Returns what is due; {@link Due#PROBE} then counts as done.
     *
     * @param writing whether the transport is still sending what it was given; while it is, silence means nothing
     */
    Due due(long nowNanos, boolean writing) {
        if (asked) {
            return isGivenUp(nowNanos, writing) ? Due.GIVE_UP : Due.NOTHING;
        }
        boolean silent = nowNanos - heardNanos >= keepAlive.timeNanos();
        if (!silent && nowNanos - probedNanos < probePeriod.toNanos()) {
            return Due.NOTHING;
        }
        asked = silent;
        probedNanos = nowNanos;
        heldUp = writing;
        heldUpNanos = 0;
        return Due.PROBE;
    }

    private boolean isGivenUp(long nowNanos, boolean writing) {
        long sinceProbe = nowNanos - probedNanos;
        if (heldUp) {
            heldUp = writing;
            heldUpNanos = Math.min(sinceProbe, LONGEST_HOLD_UP.toNanos());
        }
        return sinceProbe - heldUpNanos >= keepAlive.timeoutNanos();
    }
}
