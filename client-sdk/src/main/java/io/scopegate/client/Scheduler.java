package io.scopegate.client;

import java.time.Duration;

/** Runs a short task again and again until it is cancelled. */
@FunctionalInterface
interface Scheduler {

    /** Stops a task; it may still be running once. */
    @FunctionalInterface
    interface Schedule {
        void cancel();
    }

    Schedule every(Duration period, Runnable task);
}
