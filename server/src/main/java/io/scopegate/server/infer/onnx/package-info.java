/**
 * Inference by ONNX Runtime.
 *
 * <p>before: {@code model} opens a session here; after: the session is used through {@code infer}.
 */
@NullMarked
package io.scopegate.server.infer.onnx;

import org.jspecify.annotations.NullMarked;
