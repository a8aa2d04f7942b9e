package io.scopegate.server.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a server.
 *
 * @param certificate the server's certificate, followed by the intermediate certificates
 * @param key the private key of that certificate: PKCS #8, not encrypted
 * @param clientAuthorities the authorities that must have issued the clients' certificates; null to let in clients
 *     without one
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientAuthorities) {}
