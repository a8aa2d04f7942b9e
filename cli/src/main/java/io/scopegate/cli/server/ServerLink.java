package io.scopegate.cli.server;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.ScopegateClientBuilder;
import io.scopegate.client.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options by which a command reaches a running server. */
public final class ServerLink {

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Address of the server. Default: ${DEFAULT-VALUE}.")
    private String server = "127.0.0.1:8001";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Connect over TLS and trust only servers with a certificate from one of these authorities (PEM)."
                            + " Default: plain text.")
    private @Nullable Path authorities;

    @ArgGroup(exclusive = false)
    private @Nullable Identity identity;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Certificate and key of the client; both files or neither. */
    static final class Identity {

        @Option(
                names = "--cert",
                paramLabel = "FILE",
                required = true,
                description = "Certificate of the client (PEM), for servers that require one. Requires --ca.")
        private Path certificate = Path.of("");

        @Option(
                names = "--key",
                paramLabel = "FILE",
                required = true,
                description = "Private key of the client (PKCS 8 in PEM, not encrypted).")
        private Path key = Path.of("");
    }

    /**
     * Returns a client of the server; the caller closes it.
     *
     * @throws IOException if the files cannot be used; the message names them
     */
    public ScopegateClient connect() throws IOException {
        ScopegateClientBuilder client = client();
        if (authorities != null) {
            TlsFiles trusted = TlsFiles.trusting(authorities);
            client.tls(identity == null ? trusted : trusted.withClientIdentity(identity.certificate, identity.key));
        } else if (identity != null) {
            throw new ParameterException(spec.commandLine(), "--cert requires --ca");
        }
        try {
            return client.build();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage() + ": " + FileFault.text(Objects.requireNonNull(e.getCause())), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private ScopegateClientBuilder client() {
        try {
            return ScopegateClient.to(server);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--server: " + e.getMessage(), e);
        }
    }
}
