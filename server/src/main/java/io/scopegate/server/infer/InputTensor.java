package io.scopegate.server.infer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The input of one frame in direct memory, float32 in the machine's byte order. Belongs to the thread that has leased
 * it; handed on together with its lease.
 *
 * @param floats position 0, limit at the number of elements
 */
public record InputTensor(FloatBuffer floats) {

    static InputTensor ofElements(int elements) {
        return new InputTensor(ByteBuffer.allocateDirect(elements * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer());
    }
}
