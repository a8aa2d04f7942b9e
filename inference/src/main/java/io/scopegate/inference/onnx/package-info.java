/**
 * Runs networks with ONNX Runtime.
 *
 * <p>before: a published model is loaded; after: its session is used through {@code io.scopegate.inference}.
 */
@NullMarked
package io.scopegate.inference.onnx;

import org.jspecify.annotations.NullMarked;
