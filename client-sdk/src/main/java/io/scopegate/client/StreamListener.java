package io.scopegate.client;

import java.time.Duration;

/**
 * What happens on a stream besides answers. Methods are called in the order of the server's messages, answers included,
 * and on the thread that the answers are given to: the stream's own with {@link StreamOptions.Builder#onAnswer}, else
 * the one that calls {@link FrameStream#next()}.
 */
public interface StreamListener {

    /** The answers that follow come from this model. */
    default void onModelChanged(ServedModel model) {}

    /** The server stops: it answers what it has within this time and then ends the stream. */
    default void onDraining(Duration timeLeft) {}

    /** The stream has ended and all its answers have been given out. Called exactly once. */
    default void onEnd(StreamEnd end) {}
}
