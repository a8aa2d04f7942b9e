package io.scopegate.client;

import java.util.Objects;

/**
 * The format of a stream's pictures, or of one picture.
 *
 * @param width in pixels; for encoded formats, 0 means the size stated in the picture itself
 * @param height in pixels, as {@code width}
 */
public record FrameFormat(
        PixelFormat pixelFormat, int width, int height, ColorMatrix colorMatrix, ColorRange colorRange) {

    /** Throws if the dimensions are not possible for this pixel format. */
    public FrameFormat {
        Objects.requireNonNull(pixelFormat, "pixelFormat");
        Objects.requireNonNull(colorMatrix, "colorMatrix");
        Objects.requireNonNull(colorRange, "colorRange");
        checkSide("width", width, pixelFormat);
        checkSide("height", height, pixelFormat);
    }

    /** JPEG pictures of any size; each picture states its own. */
    public static FrameFormat jpeg() {
        return of(PixelFormat.JPEG, 0, 0);
    }

    /** PNG pictures of any size; each picture states its own. */
    public static FrameFormat png() {
        return of(PixelFormat.PNG, 0, 0);
    }

    /** Pictures of this size in pixels. For YUV, the range is limited and the matrix depends on the height. */
    public static FrameFormat of(PixelFormat pixelFormat, int width, int height) {
        return new FrameFormat(pixelFormat, width, height, ColorMatrix.BY_HEIGHT, ColorRange.LIMITED);
    }

    /** The same format with this matrix and range, for YUV. */
    public FrameFormat withColor(ColorMatrix colorMatrix, ColorRange colorRange) {
        return new FrameFormat(pixelFormat, width, height, colorMatrix, colorRange);
    }

    private static void checkSide(String name, int side, PixelFormat pixelFormat) {
        int lowest = pixelFormat.encoded() ? 0 : 1;
        if (side < lowest) {
            throw new IllegalArgumentException(
                    name + " must be at least " + lowest + " for " + pixelFormat + ", got " + side);
        }
    }
}
