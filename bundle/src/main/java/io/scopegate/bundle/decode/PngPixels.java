package io.scopegate.bundle.decode;

import io.scopegate.bundle.decode.PngHeader.Color;
import io.scopegate.bundle.frame.FrameRejectedException;

/** Converts the bytes of a PNG row to RGB. */
final class PngPixels {

    private final PngHeader header;
    private final byte[] colors;

    /**
     * @param colors RGB of each value that a sample of a palette or of grey with up to 8 bits can have; otherwise
     *     unused
     */
    private PngPixels(PngHeader header, byte[] colors) {
        this.header = header;
        this.colors = colors;
    }

    static PngPixels of(EncodedBytes png, PngChunks chunks) {
        PngHeader header = chunks.header();
        return new PngPixels(
                header,
                switch (header.color()) {
                    case PALETTE -> palette(png, chunks.palette());
                    case GRAY -> grays(Math.min(header.bitDepth(), 8));
                    case RGB, GRAY_ALPHA, RGB_ALPHA -> new byte[0];
                });
    }

    private static byte[] palette(EncodedBytes png, PngChunks.Part palette) {
        byte[] colors = new byte[palette.length()];
        System.arraycopy(png.array(), png.offset() + palette.start(), colors, 0, colors.length);
        return colors;
    }

    private static byte[] grays(int bits) {
        int values = 1 << bits;
        byte[] colors = new byte[values * 3];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (byte) (i / 3 * 255 / (values - 1));
        }
        return colors;
    }

    int rowBytes(int pixels) {
        return header.rowBytes(pixels);
    }

    /** Writes a row's pixels: the first at {@code start}, each further one {@code step} bytes after the one before. */
    void write(byte[] row, int pixels, byte[] rgb, int start, int step) throws FrameRejectedException {
        if (header.bitDepth() < 8 || header.color() == Color.PALETTE) {
            writeIndexed(row, pixels, rgb, start, step);
        } else {
            writeSamples(row, pixels, rgb, start, step);
        }
    }

    private void writeIndexed(byte[] row, int pixels, byte[] rgb, int start, int step) throws FrameRejectedException {
        int bits = header.bitDepth();
        int mask = (1 << bits) - 1;
        for (int i = 0, to = start; i < pixels; i++, to += step) {
            int bit = i * bits;
            int index = row[bit >> 3] >> 8 - bits - (bit & 7) & mask;
            if (index * 3 >= colors.length) {
                throw EncodedFault.corrupt("PNG", "color " + index + " outside the palette");
            }
            rgb[to] = colors[index * 3];
            rgb[to + 1] = colors[index * 3 + 1];
            rgb[to + 2] = colors[index * 3 + 2];
        }
    }

    /** Writes the first byte of each sample, which is the most significant one. */
    private void writeSamples(byte[] row, int pixels, byte[] rgb, int start, int step) {
        int sample = header.bitDepth() / 8;
        int pixel = sample * header.color().samples();
        boolean gray = header.color().samples() < 3;
        int green = gray ? 0 : sample;
        int blue = gray ? 0 : 2 * sample;
        for (int from = 0, to = start; from < pixels * pixel; from += pixel, to += step) {
            rgb[to] = row[from];
            rgb[to + 1] = row[from + green];
            rgb[to + 2] = row[from + blue];
        }
    }
}
