/**
 * Fits the network's tensors to labelled frames: the loop, the optimiser, the loss, the checkpoint.
 *
 * <p>before: {@code dataset} supplies batches; after: {@code export} writes the fitted tensors as ONNX.
 */
@NullMarked
package io.scopegate.trainer.train;

import org.jspecify.annotations.NullMarked;
