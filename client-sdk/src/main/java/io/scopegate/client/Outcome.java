package io.scopegate.client;

/** What became of a frame. */
public enum Outcome {
    /** The model judged the frame. */
    CLASSIFIED,
    /** A newer frame took its place. */
    SUPERSEDED,
    /** It was older than the age budget. */
    EXPIRED,
    /** The frame itself could not be taken. */
    REJECTED,
    /** The server could not judge it, or answered with an outcome that this client does not know. */
    FAILED,
    /** The stream ended before the server answered. Only this client says so. */
    ABANDONED
}
