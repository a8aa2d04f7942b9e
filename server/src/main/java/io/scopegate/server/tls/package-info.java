/**
 * TLS of the gRPC service, with certificates from PEM files that are reloaded when they change.
 *
 * <p>before: {@code config} names the files; after: {@code grpc} uses the TLS context.
 */
@NullMarked
package io.scopegate.server.tls;

import org.jspecify.annotations.NullMarked;
