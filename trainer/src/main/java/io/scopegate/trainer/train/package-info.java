/**
 * Fits the network's tensors to labelled frames: training loop, optimiser, loss and checkpoints. Before it, {@code
 * dataset} supplies frames; after it, {@code export} writes the fitted tensors as ONNX.
 */
@NullMarked
package io.scopegate.trainer.train;

import org.jspecify.annotations.NullMarked;
