/**
 * Builds TensorRT engines and keeps them in a cache. An engine is built once for a model on a device, and checked
 * before each use. Before it, {@code device} says which device and which TensorRT are there; after it, {@code onnx}
 * opens a session that reads the engine.
 */
@NullMarked
package io.scopegate.inference.engine;

import org.jspecify.annotations.NullMarked;
