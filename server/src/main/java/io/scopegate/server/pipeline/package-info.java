/**
 * The stages that a frame passes through; {@code FramePipeline} is the page to read.
 *
 * <p>before: {@code grpc} reads frames off the wire; after: {@code grpc} writes the answers.
 */
@NullMarked
package io.scopegate.server.pipeline;

import org.jspecify.annotations.NullMarked;
