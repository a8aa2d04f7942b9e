/**
 * The network as an ONNX file, written by the project itself, and the proof that it answers as the trained one does.
 *
 * <p>before: {@code train} fits the tensors; after: {@code evaluate} runs the file and {@code publish} ships it.
 */
@NullMarked
package io.scopegate.trainer.export;

import org.jspecify.annotations.NullMarked;
