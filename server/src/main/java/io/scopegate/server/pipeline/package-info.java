/**
 * Takes each frame through its stages, from arrival to answer; {@code FramePipeline} is the page to read. Before it,
 * {@code grpc} reads frames off the wire; after it, {@code grpc} writes the answers.
 */
@NullMarked
package io.scopegate.server.pipeline;

import org.jspecify.annotations.NullMarked;
