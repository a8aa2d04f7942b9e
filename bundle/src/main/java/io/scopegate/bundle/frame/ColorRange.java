package io.scopegate.bundle.frame;

/** The range of YUV bytes. */
public enum ColorRange {
    /** Y in 16..235, U and V in 16..240, as video is. */
    LIMITED,
    /** All in 0..255. */
    FULL
}
