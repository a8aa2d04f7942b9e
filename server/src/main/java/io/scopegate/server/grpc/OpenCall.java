package io.scopegate.server.grpc;

import java.time.Duration;

/** A call that is being served. Both methods may be called by any thread, and after the call has ended. */
interface OpenCall {

    /** Accepts no more frames, answers those it has, and ends. */
    void drain(Duration timeLeft);

    /** Ends at once, because the time for draining is over. */
    void cutOff();
}
