/**
 * Classifies single pictures by a network, and writes the answers in the format of the reference bundle's inference.
 *
 * <p>before: {@code dataset} lists the pictures, a checkpoint or {@code publish} gives the network; after: other
 * programs read the files.
 */
@NullMarked
package io.scopegate.trainer.infer;

import org.jspecify.annotations.NullMarked;
