package io.scopegate.client;

import java.time.Duration;

/**
 * Is notified of what happens on a stream other than answers. Methods are called in the order of the server's messages,
 * answers included, and on the thread that receives the answers: the stream's own thread with {@link
 * StreamOptions.Builder#onAnswer}, otherwise the one that calls {@link FrameStream#next()}.
 * Other threads that read the stream wait until the method returns, so it must not wait for one of them.
 */
public interface StreamListener {

    /** The answers that follow come from this model. */
    default void onModelChanged(ServedModel model) {}

    /** The server is stopping: it answers the pending frames within this time and then ends the stream. */
    default void onDraining(Duration timeLeft) {}

    /** The stream has ended and all its answers have been delivered. Called exactly once. */
    default void onEnd(StreamEnd end) {}
}
