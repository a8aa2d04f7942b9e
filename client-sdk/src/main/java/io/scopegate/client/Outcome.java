package io.scopegate.client;

/** What became of a frame. */
public enum Outcome {
    /** The model classified the frame. */
    CLASSIFIED,
    /** A newer frame replaced it before it was classified. */
    SUPERSEDED,
    /** The frame exceeded the age budget. */
    EXPIRED,
    /** The frame was not accepted; the reason says why. */
    REJECTED,
    /** The server could not classify the frame, or answered with an outcome that this client does not know. */
    FAILED,
    /** The stream ended before the server answered. Set by this client; a server never sends it. */
    ABANDONED
}
