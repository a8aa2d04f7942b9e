/**
 * One model on each target: what its network costs by itself, and a frame from device to verdict.
 *
 * <p>before: {@code doctor} says where networks can run; after: one table with the figures of MONAI's bundle beside it, and a verdict.
 */
@NullMarked
package io.scopegate.cli.bench.target;

import org.jspecify.annotations.NullMarked;
