package io.scopegate.server.grpc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Does something about a call once it has had its time. */
interface CallTimer {

    /**
     * Does this once, when the time is over.
     *
     * @param action must not block
     * @return what stops it
     * @throws RejectedExecutionException once the server has stopped
     */
    Future<?> after(Duration time, Runnable action);
}
