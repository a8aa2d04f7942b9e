package io.scopegate.server.grpc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time that a client may take to read the last answers of its stream, which keeps its place meanwhile. Any
 * thread.
 */
final class LastAnswersTimeout {

    static final Duration LIMIT = Duration.ofSeconds(10);

    private final CallTimer timer;
    private final Outbox outbox;
    private volatile @Nullable Future<?> waiting;

    /** @param outbox of the stream; holds the answers */
    LastAnswersTimeout(CallTimer timer, Outbox outbox) {
        this.timer = timer;
        this.outbox = outbox;
    }

    /**
     * Starts the time limit.
     *
     * @param unread runs if the answers have not been read in time; must not block
     * @throws RejectedExecutionException if the server has stopped
     */
    void await(Runnable unread) {
        waiting = timer.after(LIMIT, () -> {
            if (!outbox.ended()) {
                unread.run();
            }
        });
        if (outbox.ended()) {
            // The outbox may have ended before the timer was stored, when nothing could cancel it.
            stopWaiting();
        }
    }

    /** Cancels the time limit: the answers have been read, or will not be. */
    void stopWaiting() {
        Future<?> current = waiting;
        if (current != null) {
            current.cancel(false);
        }
    }
}
