package io.scopegate.client;

/** How a picture's pixels are stored. */
public enum PixelFormat {
    /** Encoded. */
    JPEG(true),
    /** Encoded. */
    PNG(true),
    /** One plane, 3 bytes per pixel: red, green, blue. */
    RGB8(false),
    /** One plane, 3 bytes per pixel: blue, green, red. */
    BGR8(false),
    /** One plane, 4 bytes per pixel; alpha is ignored. */
    RGBA8(false),
    /** One plane, 1 byte per pixel. */
    GRAY8(false),
    /** Two planes: Y, then interleaved U and V at half width and half height (rounded up). */
    NV12(false),
    /** Three planes: Y, then U, then V at half width and half height (rounded up). */
    I420(false),
    /** One plane, 4:2:2, byte order U Y V Y. An odd width is rounded up to whole pixel pairs. */
    UYVY(false);

    private final boolean encoded;

    PixelFormat(boolean encoded) {
        this.encoded = encoded;
    }

    /** Whether pictures of this format are encoded and so state their own width and height. */
    public boolean encoded() {
        return encoded;
    }
}
