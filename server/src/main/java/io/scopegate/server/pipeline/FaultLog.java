package io.scopegate.server.pipeline;

import org.jboss.logging.Logger;

/**
 * Says one thing that may go wrong, for those who go on whether it can be said or not: to say it takes memory. Made with its
 * user, so that it and its text are there by then.
 */
final class FaultLog {

    private final Logger log;
    private final String what;

    private FaultLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    static FaultLog of(Class<?> user, String what) {
        return new FaultLog(Logger.getLogger(user), what);
    }

    /** Never throws. */
    void say(Throwable fault) {
        try {
            log.error(what, fault);
        } catch (RuntimeException | Error e) {
            // Whoever says it has frames to answer.
        }
    }
}
