/**
 * Running a network: frames in, logits out.
 *
 * <p>before: an input tensor is filled; after: the logits are read.
 */
@NullMarked
package io.scopegate.inference;

import org.jspecify.annotations.NullMarked;
