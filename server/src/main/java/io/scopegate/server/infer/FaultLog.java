package io.scopegate.server.infer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Logs one kind of fault for a caller that goes on whether or not it can be logged, since logging takes memory.
 * Created together with its user, so that the logger and the text exist before memory runs out.
 */
public final class FaultLog {

    private final Logger log;
    private final String what;

    private FaultLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** Creates a log for this fault, under the name of this class. */
    public static FaultLog of(Class<?> user, String what) {
        return new FaultLog(System.getLogger(user.getName()), what);
    }

    /** Logs the fault. Never throws. */
    public void say(Throwable fault) {
        try {
            log.log(Level.ERROR, what, fault);
        } catch (RuntimeException | Error e) {
            // The caller goes on: it has frames to answer or others to notify.
        }
    }
}
