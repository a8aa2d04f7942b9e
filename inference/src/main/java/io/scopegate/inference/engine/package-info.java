/**
 * Keeps TensorRT's engines: built once for a model on a device, checked at each use, never trusted otherwise.
 *
 * <p>before: {@code device} says what is there; after: {@code onnx} opens a session that reads the engine.
 */
@NullMarked
package io.scopegate.inference.engine;

import org.jspecify.annotations.NullMarked;
