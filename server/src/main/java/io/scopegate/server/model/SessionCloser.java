package io.scopegate.server.model;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread that closes networks which nobody uses any longer. That may take its time, and who lets go of one last may be
 * a connection's thread, or have frames to answer. Any thread.
 */
final class SessionCloser implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SessionCloser.class);

    /** Less than the process has left where it ends for a fault: a driver that hangs must not keep the audit log from its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("model-closer").factory());

    /** Whoever calls it does it where the thread cannot, for want of memory or since the server stops. */
    @Override
    public void execute(Runnable closing) {
        try {
            thread.execute(closing);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            closing.run();
            LOG.debugf("a network was closed by %s: %s", Thread.currentThread().getName(), e);
        }
    }

    /** Waits until all are closed, but not for one that does not come to its end. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("a network is still being closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
