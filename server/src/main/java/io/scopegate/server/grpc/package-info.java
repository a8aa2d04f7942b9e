/**
 * Speaks the contract {@code scopegate.v1} on the wire. No other package of the server but this one knows gRPC. Before
 * it, messages arrive from the network; after it, {@code pipeline} takes the frames and returns their answers.
 */
@NullMarked
package io.scopegate.server.grpc;

import org.jspecify.annotations.NullMarked;
