package io.scopegate.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * Delegates each new connection to the SSL context that is current at that moment; open connections keep the one they
 * began with. The context is replaced as a whole, so that no earlier session is resumed after the client authorities
 * have changed.
 */
final class CurrentContext extends SslContext {

    private final AtomicReference<SslContext> current;

    CurrentContext(SslContext first) {
        this.current = new AtomicReference<>(first);
    }

    void exchange(SslContext next) {
        current.set(next);
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return current.get().cipherSuites();
    }

    @Override
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.get().applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator memory) {
        return current.get().newEngine(memory);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator memory, String peerHost, int peerPort) {
        return current.get().newEngine(memory, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.get().sessionContext();
    }
}
