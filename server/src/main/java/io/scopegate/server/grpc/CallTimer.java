package io.scopegate.server.grpc;

import java.time.Duration;
import java.util.concurrent.Future;

/** Does something about a call once it has had its time. */
interface CallTimer {

    /**
     * Does this once, when the time is over.
     *
     * @param action must not block
     * @return what stops it
     */
    Future<?> after(Duration time, Runnable action);
}
