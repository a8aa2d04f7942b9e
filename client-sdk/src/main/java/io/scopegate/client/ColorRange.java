package io.scopegate.client;

/** Which values YUV samples take; ignored for the other formats. */
public enum ColorRange {
    /** Y in 16..235, U and V in 16..240, as video is. */
    LIMITED,
    /** All in 0..255. */
    FULL
}
