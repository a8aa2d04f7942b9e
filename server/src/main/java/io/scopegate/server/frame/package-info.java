/**
 * What moves through the stages: a frame as it arrived, and the single answer that it gets.
 *
 * <p>before: {@code grpc} reads frames off the wire; after: {@code admission} and {@code pipeline} work on them.
 */
@NullMarked
package io.scopegate.server.frame;

import org.jspecify.annotations.NullMarked;
