package io.scopegate.client;

import java.time.Duration;

/** Runs short tasks again and again until they are cancelled. */
interface Scheduler extends AutoCloseable {

    /** Stops a task; it may still be running once. */
    @FunctionalInterface
    interface Schedule {
        void cancel();
    }

    Schedule every(Duration period, Runnable task);

    /** Stops everything. */
    @Override
    void close();
}
