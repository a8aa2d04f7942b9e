/**
 * Running a network over input tensors, and the memory that holds those tensors.
 *
 * <p>before: {@code pipeline} fills a tensor; after: {@code verdict} reads the logits.
 */
@NullMarked
package io.scopegate.server.infer;

import org.jspecify.annotations.NullMarked;
