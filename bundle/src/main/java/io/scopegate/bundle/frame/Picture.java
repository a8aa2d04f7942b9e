package io.scopegate.bundle.frame;

/**
 * A decoded picture: 8-bit RGB, interleaved, rows from top to bottom without padding.
 *
 * <p>Reusable: its array grows to the largest picture held and is kept until {@link #letGo}. Used by one thread at a
 * time.
 */
public final class Picture {

    /** Bytes per pixel. */
    public static final int CHANNELS = 3;

    private static final byte[] NONE = new byte[0];

    private final Memory memory;
    private byte[] rgb = NONE;
    private int width;
    private int height;

    /** Provides the arrays of pictures and takes them back. */
    public interface Memory {

        /** Returns an array of at least this length with undefined content. May wait until there is room for one. */
        byte[] take(int bytes);

        /** Takes back an array that {@link #take} returned. Nobody may use it any longer. */
        void giveBack(byte[] array);
    }

    /** Creates a picture that allocates its own arrays. */
    public Picture() {
        this(new Memory() {
            @Override
            public byte[] take(int bytes) {
                return new byte[bytes];
            }

            @Override
            public void giveBack(byte[] array) {}
        });
    }

    /** Creates a picture that takes its arrays from the given memory. */
    public Picture(Memory memory) {
        this.memory = memory;
    }

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
            letGo();
            rgb = memory.take((int) bytes);
        }
        width = newWidth;
        height = newHeight;
        return rgb;
    }

    /** Gives the array back; the picture then has no pixels. */
    public void letGo() {
        byte[] array = rgb;
        rgb = NONE;
        width = 0;
        height = 0;
        if (array.length > 0) {
            memory.giveBack(array);
        }
    }

    /**
     * Returns the pixels; pixel (x, y) starts at {@code (y * width + x) * 3}. The array may be longer than the picture.
     */
    public byte[] rgb() {
        return rgb;
    }

    /** Returns the width in pixels. */
    public int width() {
        return width;
    }

    /** Returns the height in pixels. */
    public int height() {
        return height;
    }
}
