package io.scopegate.client;

/** How a picture's pixels are stored. */
public enum PixelFormat {
    /** Encoded. */
    JPEG(true),
    /** Encoded. */
    PNG(true),
    /** One plane, 3 bytes a pixel. */
    RGB8(false),
    /** One plane, 3 bytes a pixel, blue first. */
    BGR8(false),
    /** One plane, 4 bytes a pixel; alpha is ignored. */
    RGBA8(false),
    /** One plane, 1 byte a pixel. */
    GRAY8(false),
    /** Two planes: Y, then U and V interleaved at half width and half height (rounded up). */
    NV12(false),
    /** Three planes: Y, then U, then V at half width and half height (rounded up). */
    I420(false),
    /** One plane, 4:2:2, byte order U Y V Y; an odd width is rounded up to whole pairs. */
    UYVY(false);

    private final boolean encoded;

    PixelFormat(boolean encoded) {
        this.encoded = encoded;
    }

    /** Whether pictures of this format are encoded, so that they state their own width and height. */
    public boolean encoded() {
        return encoded;
    }
}
