package io.scopegate.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A stream's one lock, and the waiting for what changes under it: of those who would send, and of those who would take what
 * has come, so that neither is woken up for what concerns the other. All waits are for threads that hold it.
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

    /** Those who wait until something may be written. */
    Waiters senders() {
        return senders;
    }

    /** Those who wait until something has come, or for the end. */
    Waiters takers() {
        return takers;
    }

    /** Makes all who wait look again. */
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
         * Whether the condition came to hold in time.
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
