package io.scopegate.bundle.frame;

/** Value range of YUV bytes. */
public enum ColorRange {
    /** Y in 16..235, U and V in 16..240, as usual for video. */
    LIMITED,
    /** Y, U and V in 0..255. */
    FULL
}
