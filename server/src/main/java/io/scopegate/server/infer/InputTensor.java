package io.scopegate.server.infer;

import java.nio.FloatBuffer;

/**
 * The input of one frame in direct memory, float32 in the machine's byte order: one row of the memory that a pool has
 * for all its frames. Belongs to the thread that holds the lease, and is passed on together with the lease.
 *
 * @param rows the memory of the whole pool
 * @param row the index of this row
 * @param floats this row; position 0, limit at the number of elements
 */
public record InputTensor(FloatBuffer rows, int row, FloatBuffer floats) {

    /** Returns row {@code row} of this memory. */
    static InputTensor of(FloatBuffer rows, int row, int elements) {
        return new InputTensor(rows, row, rows.slice(row * elements, elements));
    }

    /** Returns whether this row directly follows the other one in the same memory. */
    boolean follows(InputTensor other) {
        return rows == other.rows && row == other.row + 1;
    }
}
