/**
 * Converts a picture to the network's input tensor: the one definition that trainer and server share.
 *
 * <p>before: {@code decode} fills a picture; after: the server's inference session or the trainer's network reads the
 * tensor.
 */
@NullMarked
package io.scopegate.bundle.preprocess;

import org.jspecify.annotations.NullMarked;
