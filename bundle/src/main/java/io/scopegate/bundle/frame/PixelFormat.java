package io.scopegate.bundle.frame;

/** How the bytes of a frame hold its pixels. Names and meanings are those of {@code scopegate/v1/frame.proto}. */
public enum PixelFormat {
    JPEG(true, 1),
    PNG(true, 1),
    /** One plane, 3 bytes per pixel. */
    RGB8(false, 1),
    /** One plane, 3 bytes per pixel, blue first. */
    BGR8(false, 1),
    /** One plane, 4 bytes per pixel; alpha is ignored. */
    RGBA8(false, 1),
    /** One plane, 1 byte per pixel. */
    GRAY8(false, 1),
    /** Y, then U and V interleaved at half width and half height, rounded up. */
    NV12(false, 2),
    /** Y, then U, then V at half width and half height, rounded up. */
    I420(false, 3),
    /** One plane, 4:2:2, byte order U Y V Y. */
    UYVY(false, 1);

    private final boolean encoded;
    private final int planes;

    PixelFormat(boolean encoded, int planes) {
        this.encoded = encoded;
        this.planes = planes;
    }

    /** Returns true if the bytes are a whole encoded picture that states its own width and height. */
    public boolean encoded() {
        return encoded;
    }

    /** Returns how many planes the format has. */
    public int planes() {
        return planes;
    }
}
