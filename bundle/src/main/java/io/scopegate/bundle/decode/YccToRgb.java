package io.scopegate.bundle.decode;

/** Converts JFIF's YCbCr to RGB in the fixed-point arithmetic of libjpeg (jdcolor.c), so that both decoders agree. */
final class YccToRgb {

    private static final int BITS = 16;
    private static final int HALF = 1 << BITS - 1;
    private static final int CENTER = 128;

    private final int[] crToRed = new int[256];
    private final int[] cbToBlue = new int[256];
    private final int[] crToGreen = new int[256];
    private final int[] cbToGreen = new int[256];

    YccToRgb() {
        for (int i = 0; i < 256; i++) {
            int chroma = i - CENTER;
            crToRed[i] = fixed(1.402) * chroma + HALF >> BITS;
            cbToBlue[i] = fixed(1.772) * chroma + HALF >> BITS;
            crToGreen[i] = -fixed(0.71414) * chroma;
            cbToGreen[i] = -fixed(0.34414) * chroma + HALF;
        }
    }

    private static int fixed(double value) {
        return (int) (value * (1 << BITS) + 0.5);
    }

    /** Converts interleaved samples, one byte each. */
    void convert(byte[] ycc, byte[] rgb, int pixels) {
        for (int at = 0, end = pixels * 3; at < end; at += 3) {
            int luma = ycc[at] & 0xff;
            int cb = ycc[at + 1] & 0xff;
            int cr = ycc[at + 2] & 0xff;
            rgb[at] = clamped(luma + crToRed[cr]);
            rgb[at + 1] = clamped(luma + (cbToGreen[cb] + crToGreen[cr] >> BITS));
            rgb[at + 2] = clamped(luma + cbToBlue[cb]);
        }
    }

    private static byte clamped(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
