/**
 * Measures one model on each target: its network by itself, and a frame from device to verdict. Before it, {@code
 * doctor} says where networks can run; after it, one table, with the figures of MONAI's bundle beside it, and a verdict
 * are printed.
 */
@NullMarked
package io.scopegate.cli.bench.target;

import org.jspecify.annotations.NullMarked;
