/**
 * Chooses the target on which a network runs, and keeps the reason for each target that is passed over. Before it,
 * {@code device} examines driver and devices; after it, {@code onnx} opens a session on the target.
 */
@NullMarked
package io.scopegate.inference.target;

import org.jspecify.annotations.NullMarked;
