/**
 * Checks that a session gives the answers that the model had when it was published. Before it, {@code onnx} opens a
 * session; after it, the session may serve.
 */
@NullMarked
package io.scopegate.inference.golden;

import org.jspecify.annotations.NullMarked;
