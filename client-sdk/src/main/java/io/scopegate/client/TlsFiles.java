package io.scopegate.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The PEM files for TLS, read once when the client is built.
 *
 * @param serverAuthorities certificates of the authorities that the server's certificate may come from; empty means
 *     those that the JVM trusts
 * @param clientIdentity the client's own certificate, for servers that ask for one
 */
public record TlsFiles(Optional<Path> serverAuthorities, Optional<ClientIdentity> clientIdentity) {
    /** Refuses null. */
    public TlsFiles {
        Objects.requireNonNull(serverAuthorities, "serverAuthorities");
        Objects.requireNonNull(clientIdentity, "clientIdentity");
    }

    /**
     * A certificate and its key.
     *
     * @param certificate with the intermediate certificates after it
     * @param key PKCS 8, not encrypted
     */
    public record ClientIdentity(Path certificate, Path key) {
        /** Refuses null. */
        public ClientIdentity {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(key, "key");
        }
    }

    /** Trusts the authorities of the JVM. */
    public static TlsFiles trustingTheJvm() {
        return new TlsFiles(Optional.empty(), Optional.empty());
    }

    /** Trusts these authorities only. */
    public static TlsFiles trusting(Path serverAuthorities) {
        return new TlsFiles(
                Optional.of(Objects.requireNonNull(serverAuthorities, "serverAuthorities")), Optional.empty());
    }

    /** The same, and shows this certificate (mutual TLS). */
    public TlsFiles withClientIdentity(Path certificate, Path key) {
        return new TlsFiles(serverAuthorities, Optional.of(new ClientIdentity(certificate, key)));
    }
}
