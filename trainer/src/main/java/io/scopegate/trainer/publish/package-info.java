/**
 * Assembles the model directory: network, golden vectors and a manifest that says how the model was made and how good
 * it is. Before it, {@code export} writes the network and {@code evaluate} measures it; after it, the server reads the
 * directory.
 */
@NullMarked
package io.scopegate.trainer.publish;

import org.jspecify.annotations.NullMarked;
