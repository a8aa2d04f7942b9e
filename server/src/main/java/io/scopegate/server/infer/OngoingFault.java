package io.scopegate.server.infer;

import java.util.concurrent.atomic.AtomicBoolean;

/** A fault that may befall each frame or run in turn, and is logged only the first time until one has succeeded. Any thread. */
public final class OngoingFault {

    private final FaultLog log;
    private final AtomicBoolean going = new AtomicBoolean();

    private OngoingFault(FaultLog log) {
        this.log = log;
    }

    /** Logs it in the name of this class. */
    public static OngoingFault of(Class<?> user, String what) {
        return new OngoingFault(FaultLog.of(user, what));
    }

    /** It has happened. Never throws. */
    public void say(Throwable fault) {
        if (!going.getAndSet(true)) {
            log.say(fault);
        }
    }

    /** What was tried has succeeded. */
    public void over() {
        // Looked at first: this is done for each frame, by several threads.
        if (going.get()) {
            going.set(false);
        }
    }
}
