package io.scopegate.bundle.model;

import java.nio.ByteBuffer;

/**
 * Uses the content of an ONNX file.
 *
 * @param <T> type of the result
 * @param <E> exception that the use may throw
 */
@FunctionalInterface
public interface NetworkUse<T, E extends Exception> {

    /**
     * @param onnx the whole file, in a direct, read-only buffer, from position to limit; of no use after this method
     *     returns
     */
    T of(ByteBuffer onnx) throws E;
}
