/**
 * The contract {@code scopegate.v1} on the wire; the only place that knows gRPC.
 *
 * <p>before: the network; after: {@code pipeline} takes the frames and gives back the answers.
 */
@NullMarked
package io.scopegate.server.grpc;

import org.jspecify.annotations.NullMarked;
