package io.scopegate.server;

import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * Handles SIGTERM and SIGINT from the beginning of the process. A signal that comes during the start is kept until
 * there is something to stop. Thread-safe.
 */
final class StopSignals {

    private static final Logger LOG = Logger.getLogger(StopSignals.class);

    private final Executor starter;
    private @Nullable Runnable stop;
    private boolean heard;
    private boolean begun;

    /** @param starter runs the action that stops the server on a thread of its own, or throws */
    StopSignals(Executor starter) {
        this.starter = starter;
    }

    /** Installs the handlers; from now on the signals no longer end the process by themselves. */
    void listen() {
        Signal.handle(new Signal("TERM"), signal -> hear(signal.getName()));
        Signal.handle(new Signal("INT"), signal -> hear(signal.getName()));
    }

    /** Handles a signal. Only the first one counts, unless the stop could not be started. */
    synchronized void hear(String signal) {
        boolean first = !heard;
        heard = true;
        try {
            if (stop != null && !begun) {
                begin(stop);
            }
        } finally {
            if (first) {
                LOG.infof(stop == null ? "stopping on SIG%s once startup has finished" : "stopping on SIG%s", signal);
            }
        }
    }

    /**
     * Called when the start has ended.
     *
     * @param action stops the server; run once
     * @return false if a signal has come before, so that the server stops at once
     */
    synchronized boolean handOver(Runnable action) {
        stop = action;
        if (heard) {
            begin(action);
        }
        return !heard;
    }

    private void begin(Runnable action) {
        starter.execute(action);
        begun = true;
    }
}
