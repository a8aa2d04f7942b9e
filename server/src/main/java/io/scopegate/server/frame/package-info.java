/**
 * Contains what moves through the stages: a frame as it arrived, and its single answer. Before it, {@code grpc} reads
 * frames off the wire; after it, {@code admission} and {@code pipeline} work on them.
 */
@NullMarked
package io.scopegate.server.frame;

import org.jspecify.annotations.NullMarked;
