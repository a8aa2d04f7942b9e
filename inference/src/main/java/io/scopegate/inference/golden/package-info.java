/**
 * Verifies that a session answers as its model did when it was published.
 *
 * <p>before: {@code onnx} opens a session; after: the session may serve.
 */
@NullMarked
package io.scopegate.inference.golden;

import org.jspecify.annotations.NullMarked;
