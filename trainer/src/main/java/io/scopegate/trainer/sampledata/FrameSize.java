package io.scopegate.trainer.sampledata;

/**
 * Width and height of a rendered frame in pixels, each {@value #MIN_PIXELS} to {@value #MAX_PIXELS}.
 *
 * @param width pixels per row
 * @param height rows
 */
public record FrameSize(int width, int height) {
    /** The smallest side a frame may have. */
    public static final int MIN_PIXELS = 64;

    /** The largest side a frame may have. */
    public static final int MAX_PIXELS = 4096;

    /** 640 x 360: a 16:9 frame small enough to render hundreds of them per minute. */
    public static final FrameSize STANDARD = new FrameSize(640, 360);

    public FrameSize {
        if (Math.min(width, height) < MIN_PIXELS || Math.max(width, height) > MAX_PIXELS) {
            throw new IllegalArgumentException("size: %d to %d pixels a side are possible, got %dx%d"
                    .formatted(MIN_PIXELS, MAX_PIXELS, width, height));
        }
    }

    /**
     * Parses {@code WxH}, for instance {@code 640x360}.
     *
     * @throws IllegalArgumentException for anything else; the message names the value
     */
    public static FrameSize parse(String text) {
        if (!text.matches("\\d{1,5}x\\d{1,5}")) {
            throw new IllegalArgumentException("size: expected WIDTHxHEIGHT such as 640x360, got '" + text + "'");
        }
        int cross = text.indexOf('x');
        return new FrameSize(Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
    }

    double aspect() {
        return (double) width / height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
