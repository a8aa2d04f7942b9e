package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.Pulse;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When a network is run without a frame, by whichever of its threads comes first: a frame that one of them has judged is a
 * sign of life for all. Any thread.
 */
final class CanarySchedule {

    private final Pulse pulse;
    private final ServerClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastSignNanos;
    private boolean underway;

    CanarySchedule(Pulse pulse, ServerClock clock) {
        this.pulse = pulse;
        this.clock = clock;
        this.lastSignNanos = clock.nanoTime();
    }

    /** How long to wait for a frame before one is due; negative or zero if it is. */
    Duration untilDue() {
        lock.lock();
        try {
            Duration interval = pulse.untilCanary();
            return underway ? interval : interval.minusNanos(clock.nanoTime() - lastSignNanos);
        } finally {
            lock.unlock();
        }
    }

    /** A frame has been judged. */
    void judged() {
        lock.lock();
        try {
            lastSignNanos = clock.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** True if one is due, which the caller then makes, whatever comes of it, before it calls {@link #end}. */
    boolean begin() {
        lock.lock();
        try {
            boolean begins = !untilDue().isPositive();
            underway |= begins;
            return begins;
        } finally {
            lock.unlock();
        }
    }

    /** Where it could not be made, as for want of memory, it is tried again in its time and not at once. */
    void end() {
        lock.lock();
        try {
            underway = false;
            lastSignNanos = clock.nanoTime();
        } finally {
            lock.unlock();
        }
    }
}
