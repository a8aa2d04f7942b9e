package io.scopegate.server.testing;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.scopegate.server.testing.Authority.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The certificate files of a server with mutual TLS, and credentials for its clients.
 *
 * @param directory that holds the files
 */
public record Certificates(Path directory) {

    public Path certificate() {
        return directory.resolve("server.crt");
    }

    public Path key() {
        return directory.resolve("server.key");
    }

    public Path clientAuthorities() {
        return directory.resolve("clients.crt");
    }

    /**
     * Writes a server certificate from this authority, and makes it the authority whose certificates clients must show.
     */
    public void use(Authority authority) {
        Authority.replace(clientAuthorities(), authority.pem());
        authority.issue("CN=server").write(certificate(), key());
    }

    /** Returns the credentials of a client that trusts this authority, and shows this certificate unless it is null. */
    public static ChannelCredentials client(Authority trusted, @Nullable Identity identity) {
        try {
            var credentials = TlsChannelCredentials.newBuilder().trustManager(stream(trusted.pem()));
            if (identity != null) {
                credentials.keyManager(stream(identity.certificate()), stream(identity.key()));
            }
            return credentials.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the TLS context of a client that does not offer HTTP/2, like browsers and probes that speak HTTP/1. */
    public static SSLContext withoutHttp2(Authority trusted, Identity identity) throws SSLException {
        SslContext client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(stream(trusted.pem()))
                .keyManager(stream(identity.certificate()), stream(identity.key()))
                .build();
        return ((JdkSslContext) client).context();
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
