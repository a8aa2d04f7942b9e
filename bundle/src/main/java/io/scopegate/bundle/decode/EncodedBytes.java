package io.scopegate.bundle.decode;

import java.nio.ByteBuffer;

/**
 * An encoded picture as a range of an array.
 *
 * @param array read, never changed
 * @param offset of the first byte
 * @param length in bytes
 */
record EncodedBytes(byte[] array, int offset, int length) {

    /**
     * Returns the bytes from position to limit. Copies them if the buffer does not expose its array; the buffer of a
     * message does not.
     */
    static EncodedBytes of(ByteBuffer data) {
        if (data.hasArray()) {
            return new EncodedBytes(data.array(), data.arrayOffset() + data.position(), data.remaining());
        }
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        return new EncodedBytes(copy, 0, copy.length);
    }

    int unsignedByte(int index) {
        return array[offset + index] & 0xff;
    }

    int unsignedShort(int index) {
        return unsignedByte(index) << 8 | unsignedByte(index + 1);
    }

    int bigEndianInt(int index) {
        return unsignedShort(index) << 16 | unsignedShort(index + 2);
    }
}
