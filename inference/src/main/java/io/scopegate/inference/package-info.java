/**
 * Defines a network as its users see it: input tensors in, logits out. Before it, an input tensor is filled; after it,
 * the logits are read.
 */
@NullMarked
package io.scopegate.inference;

import org.jspecify.annotations.NullMarked;
