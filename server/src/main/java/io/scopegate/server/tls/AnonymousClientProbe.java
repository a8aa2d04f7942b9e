package io.scopegate.server.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies that the running server refuses a client without a certificate. What keeps strangers out is a setting deep
 * in libraries, and if it were ignored, nothing would say so; so this connects and tries.
 */
public final class AnonymousClientProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private AnonymousClientProbe() {}

    /**
     * Connects without a certificate, and blocks until the server has refused the connection.
     *
     * @throws IOException if the server lets the client in or speaks plain text, or if it cannot be reached or does not
     *     answer
     */
    public static void requireRefused(String host, int port) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        InetSocketAddress server =
                new InetSocketAddress(address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port);
        try (Socket link = new Socket()) {
            link.connect(server, (int) PATIENCE.toMillis());
            link.setSoTimeout((int) PATIENCE.toMillis());
            Trustful trust = new Trustful();
            if (letsIn(link, trust) || !trust.metServer) {
                throw new IOException("a client without a certificate was not refused at " + server);
            }
        }
    }

    /**
     * Returns whether the server sends data after the handshake. An HTTP/2 server speaks first, and with TLS 1.3 a
     * client learns only then whether it was refused.
     */
    private static boolean letsIn(Socket link, Trustful trust) throws IOException {
        try (SSLSocket stranger =
                (SSLSocket) context(trust).getSocketFactory().createSocket(link, "stranger", link.getPort(), true)) {
            SSLParameters parameters = stranger.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            stranger.setSSLParameters(parameters);
            stranger.startHandshake();
            return stranger.getInputStream().read() >= 0;
        } catch (SSLException | SocketException e) {
            return false;
        }
    }

    private static SSLContext context(Trustful trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Trusts every server: the probe tests which clients are let in, not who the server is. */
    private static final class Trustful extends X509ExtendedTrustManager {

        private boolean metServer;

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            metServer = true;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
