/**
 * Where a network runs, and why not elsewhere.
 *
 * <p>before: {@code device} was asked; after: {@code onnx} opens a session there.
 */
@NullMarked
package io.scopegate.inference.target;

import org.jspecify.annotations.NullMarked;
