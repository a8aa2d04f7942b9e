/**
 * Publishes the model directory: network, golden vectors and a manifest that says how the model was made and how good
 * it is.
 *
 * <p>before: {@code export} and {@code evaluate}; after: the server reads the directory.
 */
@NullMarked
package io.scopegate.trainer.publish;

import org.jspecify.annotations.NullMarked;
