/**
 * Finds, checks and warms up the model to serve, verifies it on its golden vectors, and leases it to frames. Before it,
 * a model directory is published in the format of {@code bundle}; after it, {@code pipeline} leases the model for each
 * frame.
 */
@NullMarked
package io.scopegate.server.model;

import org.jspecify.annotations.NullMarked;
