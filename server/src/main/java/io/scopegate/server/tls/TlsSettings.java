package io.scopegate.server.tls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the gRPC service is protected on its way.
 *
 * @param files null for plain text
 * @param reloadInterval how often they are looked at
 */
public record TlsSettings(@Nullable TlsFiles files, Duration reloadInterval) {}
