package io.scopegate.server.grpc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The time that a client has to read the last answers of its stream, which keeps its place meanwhile. Any thread. */
final class LastAnswers {

    static final Duration LIMIT = Duration.ofSeconds(10);

    private final CallTimer timer;
    private final Outbox outbox;
    private volatile @Nullable Future<?> waiting;

    /** @param outbox of the stream, which holds them */
    LastAnswers(CallTimer timer, Outbox outbox) {
        this.timer = timer;
        this.outbox = outbox;
    }

    /**
     * Begins to wait.
     *
     * @param unread is run if they have not been read in time; must not block
     * @throws RejectedExecutionException once the server has stopped
     */
    void await(Runnable unread) {
        waiting = timer.after(LIMIT, () -> {
            if (!outbox.ended()) {
                unread.run();
            }
        });
        if (outbox.ended()) {
            // Meanwhile, and nobody has stopped what was not there yet.
            stopWaiting();
        }
    }

    /** They have been read, or will not be. */
    void stopWaiting() {
        Future<?> current = waiting;
        if (current != null) {
            current.cancel(false);
        }
    }
}
