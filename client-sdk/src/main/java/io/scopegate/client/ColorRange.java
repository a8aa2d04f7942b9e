package io.scopegate.client;

/** The range of YUV sample values. Ignored for other formats. */
public enum ColorRange {
    /** Y in 16..235, U and V in 16..240, as is usual for video. */
    LIMITED,
    /** All in 0..255. */
    FULL
}
