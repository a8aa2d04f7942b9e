package io.scopegate.bundle.decode;

import java.nio.ByteBuffer;

/**
 * The rows of one plane, all of which lie inside the buffer.
 *
 * @param data read only
 * @param start absolute index of the first row
 * @param strideBytes distance from one row to the next
 * @param rowBytes length of one row, without padding
 */
record PlaneRows(ByteBuffer data, int start, int strideBytes, int rowBytes) {

    /** Copies one row to the start of an array and returns the array. */
    byte[] copy(int row, byte[] into) {
        copy(row, into, 0);
        return into;
    }

    /** Copies one row. */
    void copy(int row, byte[] into, int at) {
        data.get(start + row * strideBytes, into, at, rowBytes);
    }
}
