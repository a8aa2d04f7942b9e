package io.scopegate.bundle.frame;

/** Coefficients for converting YUV to RGB. */
public enum ColorMatrix {
    BT601,
    BT709;

    private static final int HIGH_DEFINITION_LINES = 720;

    /**
     * Returns the matrix that video of this height usually has if none is stated: BT.709 from 720 lines up, BT.601
     * below.
     */
    public static ColorMatrix usualFor(int height) {
        return height >= HIGH_DEFINITION_LINES ? BT709 : BT601;
    }
}
