package io.scopegate.bundle.frame;

import java.nio.ByteBuffer;

/**
 * One plane of a raw frame, or the whole of an encoded one.
 *
 * @param data the bytes from position to limit; read, never changed
 * @param strideBytes distance from one row to the next; 0 means that rows follow each other without padding
 */
public record FramePlane(ByteBuffer data, int strideBytes) {

    /** Returns a plane of rows without padding. */
    public static FramePlane of(byte[] data) {
        return new FramePlane(ByteBuffer.wrap(data), 0);
    }
}
