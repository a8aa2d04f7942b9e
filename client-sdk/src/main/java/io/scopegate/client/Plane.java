package io.scopegate.client;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One plane of a raw picture. The bytes are not copied: they must stay unchanged until the frame is answered.
 *
 * @param data the bytes from its position to its limit
 * @param strideBytes from one row to the next; 0 means that rows follow each other without padding
 */
public record Plane(ByteBuffer data, int strideBytes) {

    /** Refuses a negative stride. */
    public Plane {
        Objects.requireNonNull(data, "data");
        if (strideBytes < 0) {
            throw new IllegalArgumentException("strideBytes is " + strideBytes + ", at least 0");
        }
    }

    /** A plane whose rows follow each other without padding. */
    public static Plane of(byte[] data) {
        return of(data, 0);
    }

    /** A plane whose rows are {@code strideBytes} apart. */
    public static Plane of(byte[] data, int strideBytes) {
        return new Plane(ByteBuffer.wrap(Objects.requireNonNull(data, "data")), strideBytes);
    }
}
