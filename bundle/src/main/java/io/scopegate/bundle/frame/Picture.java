package io.scopegate.bundle.frame;

/**
 * A decoded picture: 8-bit RGB, interleaved, rows from top to bottom without padding.
 *
 * <p>Reusable: until it is let go of, its array is as large as the largest picture that it has held. It belongs to one
 * thread at a time.
 */
public final class Picture {

    /** Bytes a pixel. */
    public static final int CHANNELS = 3;

    private static final byte[] NONE = new byte[0];

    private final Memory memory;
    private byte[] rgb = NONE;
    private int width;
    private int height;

    /** Where the arrays of pictures come from and go to. */
    public interface Memory {

        /** An array of at least this length, of any content. May wait until there is room for one. */
        byte[] take(int bytes);

        /** Nobody uses an array any longer that was taken here. */
        void giveBack(byte[] array);
    }

    /** One that makes its arrays itself. */
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

    /** One that takes its arrays from there. */
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

    /** Gives its array back; it has no pixels then. */
    public void letGo() {
        byte[] array = rgb;
        rgb = NONE;
        width = 0;
        height = 0;
        if (array.length > 0) {
            memory.giveBack(array);
        }
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
