/**
 * TLS of the gRPC service from PEM files, taken up anew when they change.
 *
 * <p>before: {@code config} names the files; after: {@code grpc} serves by them.
 */
@NullMarked
package io.scopegate.server.tls;

import org.jspecify.annotations.NullMarked;
