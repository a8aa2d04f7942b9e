package io.scopegate.server.infer;

/**
 * A fault that may befall each frame or run in turn, and is logged only the first time until one has succeeded. Takes no
 * memory but to log: an atomic flag would, since the JVM links its methods when they are first called. Any thread.
 */
public final class OngoingFault {

    private final FaultLog log;
    private volatile boolean going;

    private OngoingFault(FaultLog log) {
        this.log = log;
    }

    /** Logs it in the name of this class. */
    public static OngoingFault of(Class<?> user, String what) {
        return new OngoingFault(FaultLog.of(user, what));
    }

    /** It has happened. Never throws. */
    public void say(Throwable fault) {
        if (begins()) {
            log.say(fault);
        }
    }

    private synchronized boolean begins() {
        boolean first = !going;
        going = true;
        return first;
    }

    /** What was tried has succeeded. */
    public void over() {
        // Looked at first: this is done for each frame, by several threads.
        if (going) {
            going = false;
        }
    }
}
