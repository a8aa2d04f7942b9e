/**
 * Measures how well an exported network answers frames whose labels are known. Before it, {@code export} writes the
 * network and {@code dataset} finds the frames; after it, {@code publish} states the figures in the model's manifest.
 */
@NullMarked
package io.scopegate.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
