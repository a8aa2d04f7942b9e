/**
 * Defines the SE-ResNet, in this one place: its layers in order, its tensors by state-dict key, and how it runs on the
 * engine. Before it, {@code dataset} makes the input tensors; after it, {@code train} fits the network's tensors and
 * {@code export} writes the same layers as an ONNX graph.
 */
@NullMarked
package io.scopegate.trainer.network;

import org.jspecify.annotations.NullMarked;
