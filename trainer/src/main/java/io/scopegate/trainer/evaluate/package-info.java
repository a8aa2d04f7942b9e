/**
 * Measures how well an exported network answers frames whose labels are known.
 *
 * <p>before: {@code export} wrote the network, {@code dataset} finds the frames; after: {@code publish} states the
 * figures in the model's manifest.
 */
@NullMarked
package io.scopegate.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
