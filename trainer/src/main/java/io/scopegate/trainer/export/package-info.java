/**
 * Writes the network as an ONNX file, without an external exporter, and checks that it answers like the trained one.
 *
 * <p>before: {@code train} fits the tensors; after: {@code evaluate} runs the file and {@code publish} ships it.
 */
@NullMarked
package io.scopegate.trainer.export;

import org.jspecify.annotations.NullMarked;
