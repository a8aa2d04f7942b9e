package io.scopegate.trainer.cli;

import io.scopegate.trainer.file.Leftovers;
import java.util.concurrent.CountDownLatch;

/**
 * Makes SIGINT and SIGTERM end the process with 130. While a run is guarded, the process lives on until the run has
 * seen that it was asked to stop, and this is closed. Drafts are removed before the end.
 */
final class Interruption implements AutoCloseable {

    /** Exit status of a command that was interrupted. */
    static final int STATUS = 130;

    /** Made here: once the process is ending, it is too late for its own hook. */
    private final Leftovers leftovers = Leftovers.OF_PROCESS;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::shutDown, "interruption");
    private volatile boolean asked;
    private volatile boolean guarded;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From here on, a signal waits. */
    void guard() {
        guarded = true;
    }

    /** From here on, a signal does not wait any more. */
    void release() {
        ended.countDown();
    }

    /** Whether a signal came. */
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
        leftovers.remove();
        Runtime.getRuntime().halt(STATUS);
    }

    @Override
    public void close() {
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // The hook waits for the line below.
            }
        }
        ended.countDown();
    }
}
