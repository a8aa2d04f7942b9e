package io.scopegate.server;

import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT, from the first moment of the process on. One that comes while the server still starts is kept until
 * there is something to stop. Any thread.
 */
final class StopSignals {

    private static final Logger LOG = Logger.getLogger(StopSignals.class);

    private final Executor starter;
    private @Nullable Runnable stop;
    private boolean heard;
    private boolean begun;

    /** @param starter begins what stops the server, on a thread of its own, or throws */
    StopSignals(Executor starter) {
        this.starter = starter;
    }

    /** From now on they no longer end the process by themselves. */
    void listen() {
        Signal.handle(new Signal("TERM"), signal -> hear(signal.getName()));
        Signal.handle(new Signal("INT"), signal -> hear(signal.getName()));
    }

    /** Only the first counts, unless what it was to begin could not be begun. */
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
     * The start has ended.
     *
     * @param action stops the server, once
     * @return false if a signal has come before, so that it stops at once
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
