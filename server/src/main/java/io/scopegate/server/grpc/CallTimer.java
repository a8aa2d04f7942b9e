package io.scopegate.server.grpc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Runs an action once a call has had its time. */
interface CallTimer {

    /**
     * Runs the action once, after the given time.
     *
     * @param action must not block
     * @return cancels the action
     * @throws RejectedExecutionException if the server has stopped
     */
    Future<?> after(Duration time, Runnable action);
}
