/**
 * Measures one model on each target: the network by itself, and the time of a frame from device to verdict.
 *
 * <p>before: {@code doctor} says where networks can run; after: one table with the figures of MONAI's bundle beside
 * it, and a verdict.
 */
@NullMarked
package io.scopegate.cli.bench.target;

import org.jspecify.annotations.NullMarked;
