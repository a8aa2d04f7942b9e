/**
 * What moves through the stages: a frame as it arrived, and the one answer that it gets.
 *
 * <p>before: {@code grpc} reads it off the wire; after: {@code admission} and {@code pipeline} work on it.
 */
@NullMarked
package io.scopegate.server.frame;

import org.jspecify.annotations.NullMarked;
