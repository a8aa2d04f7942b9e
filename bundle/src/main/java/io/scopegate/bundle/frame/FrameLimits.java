package io.scopegate.bundle.frame;

/**
 * Upper limits for the size of a frame. The size that an encoded picture states in its first bytes is checked before
 * memory is allocated for it: a few kilobytes can state, and hold, gigabytes.
 *
 * @param maxDimension the largest width and height, in pixels
 * @param maxPixels the largest area, in pixels
 */
public record FrameLimits(int maxDimension, int maxPixels) {

    /** 8192 pixels a side, 8192 x 4320 in all. */
    public static final FrameLimits DEFAULT = new FrameLimits(8192, 8192 * 4320);

    public FrameLimits {
        if (maxDimension < 1) {
            throw new IllegalArgumentException("maxDimension: at least 1, not " + maxDimension);
        }
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels: at least 1, not " + maxPixels);
        }
    }
}
