package io.scopegate.bundle.frame;

/**
 * Describes the bytes of a frame.
 *
 * @param pixelFormat how the bytes hold the pixels
 * @param width in pixels; 0 for an encoded format means the width that the picture itself states
 * @param height in pixels; 0 for an encoded format means the height that the picture itself states
 * @param colorMatrix used by the YUV formats only
 * @param colorRange used by the YUV formats only
 */
public record FrameFormat(
        PixelFormat pixelFormat, int width, int height, ColorMatrix colorMatrix, ColorRange colorRange) {

    /** Returns the format of a whole encoded picture (JPEG or PNG) that states its own size. */
    public static FrameFormat encoded(PixelFormat pixelFormat) {
        return of(pixelFormat, 0, 0);
    }

    /** Returns a format with the colour matrix that is usual for the height, in limited range. */
    public static FrameFormat of(PixelFormat pixelFormat, int width, int height) {
        return new FrameFormat(pixelFormat, width, height, ColorMatrix.usualFor(height), ColorRange.LIMITED);
    }
}
