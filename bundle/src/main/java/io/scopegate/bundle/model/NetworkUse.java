package io.scopegate.bundle.model;

import java.nio.ByteBuffer;

/**
 * What is made of an ONNX file.
 *
 * @param <T> what it is
 * @param <E> how that fails
 */
@FunctionalInterface
public interface NetworkUse<T, E extends Exception> {

    /** @param onnx all of the file, direct, from its first byte to its last; of no use after this returns */
    T of(ByteBuffer onnx) throws E;
}
