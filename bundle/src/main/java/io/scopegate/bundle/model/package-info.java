/**
 * Defines, writes and reads a published model: a directory {@code NAME/VERSION} with a manifest, the network and golden
 * vectors. Before it, the trainer exports a network; after it, the server checks the model and serves it.
 */
@NullMarked
package io.scopegate.bundle.model;

import org.jspecify.annotations.NullMarked;
