package io.scopegate.client;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One plane of a raw picture. The bytes are not copied and must stay unchanged until the frame is answered.
 *
 * @param data the bytes from the buffer's position to its limit
 * @param strideBytes bytes from the start of one row to the start of the next; 0 means that the rows have no padding
 */
public record Plane(ByteBuffer data, int strideBytes) {

    /** Throws if the stride is negative. */
    public Plane {
        Objects.requireNonNull(data, "data");
        if (strideBytes < 0) {
            throw new IllegalArgumentException("strideBytes must be at least 0, got " + strideBytes);
        }
    }

    /** A plane whose rows have no padding. */
    public static Plane of(byte[] data) {
        return of(data, 0);
    }

    /** A plane whose rows start {@code strideBytes} apart. */
    public static Plane of(byte[] data, int strideBytes) {
        return new Plane(ByteBuffer.wrap(Objects.requireNonNull(data, "data")), strideBytes);
    }
}
