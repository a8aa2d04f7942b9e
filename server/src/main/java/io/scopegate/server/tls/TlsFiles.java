package io.scopegate.server.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PEM files of a server.
 *
 * @param certificate the server's, with the intermediate certificates after it
 * @param key of that certificate: PKCS 8, not encrypted
 * @param clientAuthorities that the certificates of clients have to come from; null to let in clients without one
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientAuthorities) {}
