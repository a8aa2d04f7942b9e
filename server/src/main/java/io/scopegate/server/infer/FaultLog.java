package io.scopegate.server.infer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Says one thing that may go wrong, for those who go on whether it can be said or not: to say it takes memory. Made with its
 * user, so that it and its text are there by then.
 */
public final class FaultLog {

    private final Logger log;
    private final String what;

    private FaultLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** Says it in the name of this class. */
    public static FaultLog of(Class<?> user, String what) {
        return new FaultLog(System.getLogger(user.getName()), what);
    }

    /** Never throws. */
    public void say(Throwable fault) {
        try {
            log.log(Level.ERROR, what, fault);
        } catch (RuntimeException | Error e) {
            // Whoever says it has frames to answer, or others to tell.
        }
    }
}
