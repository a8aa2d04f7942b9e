package io.scopegate.trainer.cli;

import io.scopegate.trainer.file.OpenDrafts;
import java.util.concurrent.CountDownLatch;

/**
 * Ends the process with status 130 on SIGINT or SIGTERM, after removing drafts. While a run is guarded, the process
 * stays alive until the run has noticed the request and stopped, and this object is released or closed.
 */
final class Interruption implements AutoCloseable {

    /** Exit status of a command that was interrupted. */
    static final int STATUS = 130;

    /**
     * Initialised here, so that its shutdown hook is registered in time: once the process is ending, it is too late.
     */
    private final OpenDrafts openDrafts = OpenDrafts.OF_PROCESS;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::shutDown, "interruption");
    private volatile boolean asked;
    private volatile boolean guarded;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Makes a signal wait from now on until {@link #release} or {@link #close}. */
    void guard() {
        openDrafts.hold();
        guarded = true;
    }

    /** Lets a signal end the process without waiting from now on. */
    void release() {
        ended.countDown();
    }

    /** Returns whether a signal has arrived. */
    boolean asked() {
        return asked;
    }

    private void shutDown() {
        asked = true;
        try {
            if (guarded) {
                ended.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        openDrafts.remove();
        Runtime.getRuntime().halt(STATUS);
    }

    @Override
    public void close() {
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // The process is ending. If a run is guarded, the hook waits for the count-down below.
            }
        }
        openDrafts.release();
        ended.countDown();
    }
}
