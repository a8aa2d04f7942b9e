package io.scopegate.server.infer;

/**
 * A fault that may hit one frame or run after another. Only the first is logged, until one has succeeded. Does not
 * allocate except to log; an atomic flag would, since the JVM links its methods when they are first called. Any
 * thread.
 */
public final class OngoingFault {

    private final FaultLog log;
    private volatile boolean going;

    private OngoingFault(FaultLog log) {
        this.log = log;
    }

    /** Creates a fault that is logged under the name of this class. */
    public static OngoingFault of(Class<?> user, String what) {
        return new OngoingFault(FaultLog.of(user, what));
    }

    /** Notes that the fault has occurred. Never throws. */
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

    /** Notes a success: the next fault is logged again. */
    public void over() {
        // Read before it is written, since several threads call this for each frame.
        if (going) {
            going = false;
        }
    }
}
