/**
 * The contract {@code scopegate.v1} on the wire. Only this package knows gRPC.
 *
 * <p>before: the network; after: {@code pipeline} takes the frames and returns the answers.
 */
@NullMarked
package io.scopegate.server.grpc;

import org.jspecify.annotations.NullMarked;
