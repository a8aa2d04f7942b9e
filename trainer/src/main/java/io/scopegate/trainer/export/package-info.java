/**
 * Writes the network as an ONNX file, without an exporter of the engine, and checks that it answers as the trained
 * network does. Before it, {@code train} fits the tensors; after it, {@code evaluate} runs the file and {@code publish}
 * ships it.
 */
@NullMarked
package io.scopegate.trainer.export;

import org.jspecify.annotations.NullMarked;
