package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;

/**
 * The IHDR chunk of a PNG.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bitDepth of a sample: 1, 2, 4, 8 or 16
 * @param color the meaning of a pixel's samples
 * @param interlaced true for the seven passes of Adam7
 */
record PngHeader(int width, int height, int bitDepth, Color color, boolean interlaced) {

    static final int CHUNK_BYTES = 13;

    /** Colour types. */
    enum Color {
        GRAY(1),
        RGB(3),
        PALETTE(1),
        GRAY_ALPHA(2),
        RGB_ALPHA(4);

        private final int samples;

        Color(int samples) {
            this.samples = samples;
        }

        /** Returns the number of samples per pixel. */
        int samples() {
            return samples;
        }

        private boolean allows(int bitDepth) {
            return switch (this) {
                case GRAY -> bitDepth <= 16;
                case PALETTE -> bitDepth <= 8;
                case RGB, GRAY_ALPHA, RGB_ALPHA -> bitDepth == 8 || bitDepth == 16;
            };
        }
    }

    /** Reads the chunk whose data starts at {@code start}. */
    static PngHeader read(EncodedBytes png, int start) throws FrameRejectedException {
        int bitDepth = png.unsignedByte(start + 8);
        Color color = color(png.unsignedByte(start + 9));
        int methods = png.unsignedByte(start + 10) | png.unsignedByte(start + 11);
        int interlace = png.unsignedByte(start + 12);
        if (bitDepth > 16 || Integer.bitCount(bitDepth) != 1 || !color.allows(bitDepth)) {
            throw EncodedFault.corrupt("PNG", "bit depth " + bitDepth + " for " + color);
        }
        if (methods != 0 || interlace > 1) {
            throw EncodedFault.corrupt("PNG", "an unknown compression, filter or interlace method");
        }
        return new PngHeader(png.bigEndianInt(start), png.bigEndianInt(start + 4), bitDepth, color, interlace == 1);
    }

    private static Color color(int type) throws FrameRejectedException {
        return switch (type) {
            case 0 -> Color.GRAY;
            case 2 -> Color.RGB;
            case 3 -> Color.PALETTE;
            case 4 -> Color.GRAY_ALPHA;
            case 6 -> Color.RGB_ALPHA;
            default -> throw EncodedFault.corrupt("PNG", "color type " + type);
        };
    }

    /** Returns the number of bytes in a row of this many pixels. */
    int rowBytes(int pixels) {
        return (int) (((long) pixels * color.samples() * bitDepth + 7) / 8);
    }

    /** Returns the distance in bytes to the left neighbour that row filters refer to. */
    int filterDistance() {
        return Math.max(1, color.samples() * bitDepth / 8);
    }
}
