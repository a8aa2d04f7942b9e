package io.scopegate.client;

/** How YUV is converted to RGB. Ignored for other formats. */
public enum ColorMatrix {
    /** BT.709 for 720 lines and above, BT.601 below. */
    BY_HEIGHT,
    /** Standard definition. */
    BT601,
    /** High definition. */
    BT709
}
