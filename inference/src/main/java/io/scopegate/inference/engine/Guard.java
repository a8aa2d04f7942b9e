package io.scopegate.inference.engine;

import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** Runs actions under a lock. */
final class Guard {

    private Guard() {}

    /** Runs the action while holding the lock, and releases the lock whatever happens. */
    static <T> T with(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
