/**
 * The only definition of the SE-ResNet: its layers in order, its tensors by state-dict key, and how it runs on the
 * engine.
 *
 * <p>before: {@code dataset} makes the input tensors; after: {@code train} fits the tensors, {@code export} writes the
 * same layers as an ONNX graph.
 */
@NullMarked
package io.scopegate.trainer.network;

import org.jspecify.annotations.NullMarked;
