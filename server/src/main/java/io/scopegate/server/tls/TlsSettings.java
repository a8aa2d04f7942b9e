package io.scopegate.server.tls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of the gRPC service.
 *
 * @param files null for plain text
 * @param reloadInterval how often the files are checked for changes
 */
public record TlsSettings(@Nullable TlsFiles files, Duration reloadInterval) {}
