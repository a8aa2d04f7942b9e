package io.scopegate.client;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Creates the channel's credentials from {@link TlsFiles}. TLS itself is the JDK's. */
final class Transport {
    private Transport() {}

    static ChannelCredentials credentials(TlsFiles files) {
        var credentials = TlsChannelCredentials.newBuilder();
        try {
            if (files.serverAuthorities().isPresent()) {
                credentials.trustManager(
                        PemFiles.certificates(files.serverAuthorities().get()));
            }
            if (files.clientIdentity().isPresent()) {
                TlsFiles.ClientIdentity identity = files.clientIdentity().get();
                credentials.keyManager(PemFiles.certificates(identity.certificate()), PemFiles.key(identity.key()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + files, e);
        }
        return credentials.build();
    }
}
