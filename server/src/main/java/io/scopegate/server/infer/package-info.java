/**
 * Provides the memory of the input tensors, and watches whether the network still answers. Before it, {@code pipeline}
 * asks for a tensor to fill; after it, {@code pipeline} runs the network on the tensors, and {@code verdict} reads the
 * logits.
 */
@NullMarked
package io.scopegate.server.infer;

import org.jspecify.annotations.NullMarked;
