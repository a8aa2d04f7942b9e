package io.scopegate.client;

import java.time.Duration;

/** Something that a stream hands out to the application: an answer, or an event for its listener. */
sealed interface Delivery {

    /** An answer, for whoever reads them. */
    record Answered(FrameAnswer answer) implements Delivery {}

    /** The model has changed. For the listener, as are all that follow. */
    record ModelChange(ServedModel model) implements Delivery {}

    /** The server is stopping. */
    record Drain(Duration timeLeft) implements Delivery {}

    /** The stream has ended. Always the last one. */
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
