package io.scopegate.server.model;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread that closes networks that are no longer used. Closing may take long, and the thread that releases a
 * network last may belong to a connection or have frames to answer. Thread-safe.
 */
final class SessionCloser implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SessionCloser.class);

    /**
     * Less than the time that the process has left when it ends because of a fault, so that a driver that hangs does
     * not keep the audit log from being closed.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("model-closer").factory());

    /**
     * Closes on the calling thread if the closer thread cannot, for lack of memory or because the server is stopping.
     */
    @Override
    public void execute(Runnable closing) {
        try {
            thread.execute(closing);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            closing.run();
            LOG.debugf("a network was closed by %s: %s", Thread.currentThread().getName(), e);
        }
    }

    /** Waits until all networks are closed, but not for one that hangs. */
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
