/**
 * A published model: a directory {@code NAME/VERSION} with a manifest, the network and golden vectors.
 *
 * <p>before: the trainer exports a network and publishes it here; after: the server opens it, checks it and serves it.
 */
@NullMarked
package io.scopegate.bundle.model;

import org.jspecify.annotations.NullMarked;
