/**
 * Turns a picture into the network's input tensor, by the one definition that trainer and server share. Before it,
 * {@code decode} fills a picture; after it, the server's inference session or the trainer's network reads the tensor.
 */
@NullMarked
package io.scopegate.bundle.preprocess;

import org.jspecify.annotations.NullMarked;
