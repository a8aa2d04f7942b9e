package io.scopegate.server.grpc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Logs what clients can cause as often as they like, at most twenty lines a second, so that they cannot fill a disk.
 * The next line says how many were suppressed. Any thread.
 */
final class LimitedLog {

    private static final int MOST_A_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LEFT_OUT = -1;

    private final Logger log;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private long secondStarts;
    private int said;
    private long leftOut;

    /** @param nanoTime a monotonic clock */
    LimitedLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** @param format as for {@link String#format} */
    void say(Level level, String format, @Nullable Object... values) {
        if (!log.isEnabled(level)) {
            return;
        }
        long before = turn();
        if (before == LEFT_OUT) {
            return;
        }
        String line = before == 0 ? format : format + " (log lines suppressed before this one: " + before + ")";
        log.logf(level, line, values);
    }

    /**
     * Returns how many lines were suppressed since the last one, or {@link #LEFT_OUT} if this one is to be suppressed.
     */
    private long turn() {
        long now = nanoTime.getAsLong();
        lock.lock();
        try {
            if (said == 0 || now - secondStarts >= SECOND) {
                secondStarts = now;
                said = 0;
            }
            if (said == MOST_A_SECOND) {
                leftOut++;
                return LEFT_OUT;
            }
            said++;
            long before = leftOut;
            leftOut = 0;
            return before;
        } finally {
            lock.unlock();
        }
    }
}
