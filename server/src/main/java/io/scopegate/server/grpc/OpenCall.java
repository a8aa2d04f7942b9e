package io.scopegate.server.grpc;

import java.time.Duration;

/** A call that is being served. Both methods may come from any thread, and after the call has ended. */
interface OpenCall {

    /** Takes no more frames, answers what it has, and ends. */
    void drain(Duration timeLeft);

    /** Ends at once, since the time for draining is over. */
    void cutOff();
}
