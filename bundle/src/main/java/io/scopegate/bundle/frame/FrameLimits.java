package io.scopegate.bundle.frame;

/**
 * What a frame may be at most.
 *
 * @param maxDimension the largest width and height, in pixels
 */
public record FrameLimits(int maxDimension) {

    /** 8192 pixels a side. */
    public static final FrameLimits DEFAULT = new FrameLimits(8192);

    public FrameLimits {
        if (maxDimension < 1) {
            throw new IllegalArgumentException("maxDimension: at least 1, not " + maxDimension);
        }
    }
}
