/**
 * Fits the network's tensors to labelled frames: the training loop, the optimiser, the loss and the checkpoints.
 *
 * <p>before: {@code dataset} supplies frames; after: {@code export} writes the fitted tensors as ONNX.
 */
@NullMarked
package io.scopegate.trainer.train;

import org.jspecify.annotations.NullMarked;
