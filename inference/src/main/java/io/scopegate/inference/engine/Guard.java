package io.scopegate.inference.engine;

import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** What is done under a lock. */
final class Guard {

    private Guard() {}

    /** Does it while no other thread holds the lock, and lets go of it whatever comes of that. */
    static <T> T with(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
