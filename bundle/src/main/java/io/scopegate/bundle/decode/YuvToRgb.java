package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.Picture;

/** YUV to RGB by one matrix and range (ITU-R BT.601 and BT.709), rounded to nearest, in fixed-point arithmetic. */
final class YuvToRgb {

    /** With 20 bits the coefficients' errors stay under 0.001 of a grey level and the sums under 2^31. */
    private static final int BITS = 20;

    private static final int CHROMA_CENTER = 128;

    private final int lumaScale;
    private final int lumaOffset;
    private final int vToRed;
    private final int uToGreen;
    private final int vToGreen;
    private final int uToBlue;

    /** The weights of red and blue in Y define the matrix. */
    private YuvToRgb(double redWeight, double blueWeight, ColorRange range) {
        boolean full = range == ColorRange.FULL;
        double luma = full ? 1 : 255.0 / (235 - 16);
        double chroma = full ? 1 : 255.0 / (240 - 16);
        double greenWeight = 1 - redWeight - blueWeight;
        lumaScale = fixed(luma);
        lumaOffset = (1 << BITS - 1) - (full ? 0 : 16 * lumaScale);
        vToRed = fixed(chroma * 2 * (1 - redWeight));
        uToBlue = fixed(chroma * 2 * (1 - blueWeight));
        uToGreen = -fixed(chroma * 2 * (1 - blueWeight) * blueWeight / greenWeight);
        vToGreen = -fixed(chroma * 2 * (1 - redWeight) * redWeight / greenWeight);
    }

    static YuvToRgb of(FrameFormat format) {
        return of(format.colorMatrix(), format.colorRange());
    }

    static YuvToRgb of(ColorMatrix matrix, ColorRange range) {
        return switch (matrix) {
            case BT601 -> new YuvToRgb(0.299, 0.114, range);
            case BT709 -> new YuvToRgb(0.2126, 0.0722, range);
        };
    }

    private static int fixed(double value) {
        return (int) Math.round(value * (1 << BITS));
    }

    /** Writes row {@code y} of the picture. */
    void convert(YuvRow row, Picture into, int y) {
        byte[] rgb = into.rgb();
        int width = into.width();
        int to = y * width * Picture.CHANNELS;
        for (int x = 0; x < width; x++, to += Picture.CHANNELS) {
            int pair = (x >> 1) * row.chromaStep();
            int u = (row.u()[row.uStart() + pair] & 0xff) - CHROMA_CENTER;
            int v = (row.v()[row.vStart() + pair] & 0xff) - CHROMA_CENTER;
            int luma = (row.luma()[row.lumaStart() + x * row.lumaStep()] & 0xff) * lumaScale + lumaOffset;
            rgb[to] = clamped(luma + vToRed * v);
            rgb[to + 1] = clamped(luma + uToGreen * u + vToGreen * v);
            rgb[to + 2] = clamped(luma + uToBlue * u);
        }
    }

    private static byte clamped(int fixed) {
        return (byte) Math.clamp(fixed >> BITS, 0, 255);
    }
}
