package io.scopegate.client;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes what the channel needs of {@link TlsFiles}; TLS itself is the JDK's. */
final class Transport {
    private Transport() {}

    static ChannelCredentials credentials(TlsFiles files) {
        var credentials = TlsChannelCredentials.newBuilder();
        try {
            if (files.serverAuthorities().isPresent()) {
                credentials.trustManager(files.serverAuthorities().get().toFile());
            }
            if (files.clientIdentity().isPresent()) {
                TlsFiles.ClientIdentity identity = files.clientIdentity().get();
                credentials.keyManager(
                        identity.certificate().toFile(), identity.key().toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + files, e);
        }
        return credentials.build();
    }
}
