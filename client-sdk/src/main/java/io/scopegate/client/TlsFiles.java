package io.scopegate.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The PEM files for TLS. They are read once, when the client is built.
 *
 * @param serverAuthorities the CA certificates to trust; empty means those that the JVM trusts
 * @param clientIdentity the client's own certificate and key, for servers that require one
 */
public record TlsFiles(Optional<Path> serverAuthorities, Optional<ClientIdentity> clientIdentity) {
    /** Throws if an argument is null. */
    public TlsFiles {
        Objects.requireNonNull(serverAuthorities, "serverAuthorities");
        Objects.requireNonNull(clientIdentity, "clientIdentity");
    }

    /**
     * A certificate and its key.
     *
     * @param certificate the certificate, followed by any intermediate certificates
     * @param key the private key: PKCS #8, not encrypted
     */
    public record ClientIdentity(Path certificate, Path key) {
        /** Throws if an argument is null. */
        public ClientIdentity {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(key, "key");
        }
    }

    /** Trusts the CAs that the JVM trusts. */
    public static TlsFiles trustingTheJvm() {
        return new TlsFiles(Optional.empty(), Optional.empty());
    }

    /** Trusts only the CAs in this file. */
    public static TlsFiles trusting(Path serverAuthorities) {
        return new TlsFiles(
                Optional.of(Objects.requireNonNull(serverAuthorities, "serverAuthorities")), Optional.empty());
    }

    /** The same, and presents this client certificate (mutual TLS). */
    public TlsFiles withClientIdentity(Path certificate, Path key) {
        return new TlsFiles(serverAuthorities, Optional.of(new ClientIdentity(certificate, key)));
    }
}
