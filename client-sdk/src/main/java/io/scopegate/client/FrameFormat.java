package io.scopegate.client;

import java.util.Objects;

/**
 * What the pictures of a stream, or one picture, are made of.
 *
 * @param width in pixels; 0, allowed for encoded formats only, means what the picture itself says
 * @param height in pixels, as {@code width}
 */
public record FrameFormat(
        PixelFormat pixelFormat, int width, int height, ColorMatrix colorMatrix, ColorRange colorRange) {

    /** Refuses dimensions that no picture of this pixel format can have. */
    public FrameFormat {
        Objects.requireNonNull(pixelFormat, "pixelFormat");
        Objects.requireNonNull(colorMatrix, "colorMatrix");
        Objects.requireNonNull(colorRange, "colorRange");
        checkSide("width", width, pixelFormat);
        checkSide("height", height, pixelFormat);
    }

    /** JPEG pictures, each of the size that it states itself. */
    public static FrameFormat jpeg() {
        return of(PixelFormat.JPEG, 0, 0);
    }

    /** PNG pictures, each of the size that it states itself. */
    public static FrameFormat png() {
        return of(PixelFormat.PNG, 0, 0);
    }

    /** Pictures of this size in pixels; YUV is of limited range and its matrix goes by the height. */
    public static FrameFormat of(PixelFormat pixelFormat, int width, int height) {
        return new FrameFormat(pixelFormat, width, height, ColorMatrix.BY_HEIGHT, ColorRange.LIMITED);
    }

    /** The same with another matrix and range, for YUV. */
    public FrameFormat withColor(ColorMatrix colorMatrix, ColorRange colorRange) {
        return new FrameFormat(pixelFormat, width, height, colorMatrix, colorRange);
    }

    private static void checkSide(String name, int side, PixelFormat pixelFormat) {
        int lowest = pixelFormat.encoded() ? 0 : 1;
        if (side < lowest) {
            throw new IllegalArgumentException(name + " is " + side + ", at least " + lowest + " for " + pixelFormat);
        }
    }
}
