/**
 * Classifies single pictures by a network, and writes the answers in the format of the reference bundle's inference.
 * Before it, {@code dataset} lists the pictures, and a checkpoint or {@code publish} gives the network; after it, other
 * programs read the files.
 */
@NullMarked
package io.scopegate.trainer.infer;

import org.jspecify.annotations.NullMarked;
