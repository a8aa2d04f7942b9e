/**
 * Runs networks with ONNX Runtime. Before it, a published model is loaded; after it, its session is used through {@code
 * io.scopegate.inference}.
 */
@NullMarked
package io.scopegate.inference.onnx;

import org.jspecify.annotations.NullMarked;
