/**
 * The answers of a network to single pictures, as the reference bundle's inference writes them.
 *
 * <p>before: {@code dataset} lists the pictures, a checkpoint or {@code publish} gives the network; after: other
 * programs read the files.
 */
@NullMarked
package io.scopegate.trainer.infer;

import org.jspecify.annotations.NullMarked;
