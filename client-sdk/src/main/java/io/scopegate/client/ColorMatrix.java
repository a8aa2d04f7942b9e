package io.scopegate.client;

/** How YUV becomes RGB; ignored for the other formats. */
public enum ColorMatrix {
    /** BT.709 from 720 lines up, BT.601 below. */
    BY_HEIGHT,
    /** Standard definition. */
    BT601,
    /** High definition. */
    BT709
}
