package io.scopegate.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A stream's lock, and the waiting for changes under it. Threads that want to send and threads that want to take what
 * has arrived wait separately, so that no thread is woken for what does not concern it. All waits are for threads that
 * hold the lock.
 */
final class StreamLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Waiters senders = new Waiters(lock.newCondition());
    private final Waiters takers = new Waiters(lock.newCondition());

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the threads that wait until they may write. */
    Waiters senders() {
        return senders;
    }

    /** Returns the threads that wait until something has arrived, or for the end. */
    Waiters takers() {
        return takers;
    }

    /** Makes all waiting threads check their conditions again. */
    void changed() {
        senders.lookAgain();
        takers.lookAgain();
    }

    /** Threads that wait for one kind of change. */
    static final class Waiters {
        private final Condition changed;

        private Waiters(Condition changed) {
            this.changed = changed;
        }

        void lookAgain() {
            changed.signalAll();
        }

        void await(BooleanSupplier condition) {
            try {
                while (!condition.getAsBoolean()) {
                    changed.await();
                }
            } catch (InterruptedException e) {
                throw Failures.interrupted(e);
            }
        }

        void awaitUninterruptibly(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
        }

        /**
         * Waits for the condition, and returns whether it came to hold in time.
         *
         * @param deadlineNanos by {@link System#nanoTime()}
         */
        boolean awaitUntil(BooleanSupplier condition, long deadlineNanos) {
            try {
                boolean holds = condition.getAsBoolean();
                long left = deadlineNanos - System.nanoTime();
                while (!holds && left > 0) {
                    left = changed.awaitNanos(left);
                    holds = condition.getAsBoolean();
                }
                return holds;
            } catch (InterruptedException e) {
                throw Failures.interrupted(e);
            }
        }
    }
}
