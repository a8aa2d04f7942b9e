package io.scopegate.bundle.frame;

/**
 * A decoded picture: 8-bit RGB, interleaved, rows from top to bottom without padding.
 *
 * <p>Reusable: its array grows to the largest picture that it has held. It belongs to one thread at a time.
 */
public final class Picture {

    /** Bytes a pixel. */
    public static final int CHANNELS = 3;

    private byte[] rgb = new byte[0];
    private int width;
    private int height;

    /**
     * Makes room for a picture of this size and returns {@link #rgb()}, whose content is then undefined.
     *
     * @throws IllegalArgumentException if a side is not positive or the picture does not fit into one array
     */
    public byte[] reset(int newWidth, int newHeight) {
        long bytes = (long) newWidth * newHeight * CHANNELS;
        if (newWidth < 1 || newHeight < 1 || bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("size: " + newWidth + "x" + newHeight + " does not fit into an array");
        }
        if (rgb.length < bytes) {
            rgb = new byte[(int) bytes];
        }
        width = newWidth;
        height = newHeight;
        return rgb;
    }

    /** The pixels; pixel (x, y) starts at {@code (y * width + x) * 3}. May be longer than the picture. */
    public byte[] rgb() {
        return rgb;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }
}
