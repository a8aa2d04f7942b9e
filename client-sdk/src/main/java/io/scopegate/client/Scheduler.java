package io.scopegate.client;

import java.time.Duration;

/** Runs short tasks periodically until they are cancelled. */
interface Scheduler extends AutoCloseable {

    /** Cancels a task; a run of it may still be in progress. */
    @FunctionalInterface
    interface Schedule {
        void cancel();
    }

    Schedule every(Duration period, Runnable task);

    /** Cancels all tasks and stops. */
    @Override
    void close();
}
