package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;

/**
 * Converts YUV to RGB by one matrix and range (ITU-R BT.601 and BT.709), rounded to nearest, in fixed-point arithmetic.
 * With 20 fractional bits the errors of the coefficients stay under 0.001 of a grey level and the sums under 2^31.
 *
 * <p>A colour's level is computed from the sum of a luma and a chroma term; pixels that share chroma share its terms.
 */
record YuvToRgb(int lumaScale, int lumaOffset, int vToRed, int uToGreen, int vToGreen, int uToBlue) {

    private static final int BITS = 20;
    private static final int CHROMA_CENTER = 128;

    static YuvToRgb of(ColorMatrix matrix, ColorRange range) {
        return switch (matrix) {
            case BT601 -> of(0.299, 0.114, range);
            case BT709 -> of(0.2126, 0.0722, range);
        };
    }

    /** The weights of red and blue in Y define the matrix. */
    private static YuvToRgb of(double redWeight, double blueWeight, ColorRange range) {
        boolean full = range == ColorRange.FULL;
        double chroma = full ? 1 : 255.0 / (240 - 16);
        double vToRed = chroma * 2 * (1 - redWeight);
        double uToBlue = chroma * 2 * (1 - blueWeight);
        double greenWeight = 1 - redWeight - blueWeight;
        int lumaScale = fixed(full ? 1 : 255.0 / (235 - 16));
        return new YuvToRgb(
                lumaScale,
                (1 << BITS - 1) - (full ? 0 : 16 * lumaScale),
                fixed(vToRed),
                fixed(-uToBlue * blueWeight / greenWeight),
                fixed(-vToRed * redWeight / greenWeight),
                fixed(uToBlue));
    }

    private static int fixed(double value) {
        return (int) Math.round(value * (1 << BITS));
    }

    int luma(byte y) {
        return (y & 0xff) * lumaScale + lumaOffset;
    }

    int red(byte v) {
        return ((v & 0xff) - CHROMA_CENTER) * vToRed;
    }

    int green(byte u, byte v) {
        return ((u & 0xff) - CHROMA_CENTER) * uToGreen + ((v & 0xff) - CHROMA_CENTER) * vToGreen;
    }

    int blue(byte u) {
        return ((u & 0xff) - CHROMA_CENTER) * uToBlue;
    }

    /**
     * Returns the level of a sum, without a branch: in dark borders, noise around the limit makes a branch
     * unpredictable.
     */
    static byte level(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> BITS));
    }
}
