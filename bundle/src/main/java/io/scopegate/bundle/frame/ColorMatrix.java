package io.scopegate.bundle.frame;

/** The coefficients by which YUV becomes RGB. */
public enum ColorMatrix {
    BT601,
    BT709;

    private static final int HIGH_DEFINITION_LINES = 720;

    /** What video of this height uses where nothing is said: BT.709 from 720 lines up, BT.601 below. */
    public static ColorMatrix usualFor(int height) {
        return height >= HIGH_DEFINITION_LINES ? BT709 : BT601;
    }
}
