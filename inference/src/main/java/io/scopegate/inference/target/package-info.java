/**
 * Decides where a network runs, and says why not elsewhere.
 *
 * <p>before: {@code device} looks at the machine; after: {@code onnx} opens a session on a target.
 */
@NullMarked
package io.scopegate.inference.target;

import org.jspecify.annotations.NullMarked;
