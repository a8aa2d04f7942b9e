/**
 * Provides TLS for the gRPC service, with certificates from PEM files that are reloaded when they change. Before it,
 * {@code config} names the files; after it, {@code grpc} uses the TLS context.
 */
@NullMarked
package io.scopegate.server.tls;

import org.jspecify.annotations.NullMarked;
