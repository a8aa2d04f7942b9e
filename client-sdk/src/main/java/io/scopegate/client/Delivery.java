package io.scopegate.client;

import java.time.Duration;

/** What a stream has to give out to the application, in this order. */
sealed interface Delivery {

    /** For whoever reads the answers. */
    record Answered(FrameAnswer answer) implements Delivery {}

    /** For the listener, as are the others. */
    record ModelChange(ServedModel model) implements Delivery {}

    /** The server is stopping. */
    record Drain(Duration timeLeft) implements Delivery {}

    /** Always the last one. */
    record Ended(StreamEnd end) implements Delivery {}

    /** Tells a listener of anything that is not an answer. */
    static void tell(StreamListener listener, Delivery delivery) {
        if (delivery instanceof ModelChange change) {
            listener.onModelChanged(change.model());
        } else if (delivery instanceof Drain drain) {
            listener.onDraining(drain.timeLeft());
        } else if (delivery instanceof Ended ended) {
            listener.onEnd(ended.end());
        }
    }
}
