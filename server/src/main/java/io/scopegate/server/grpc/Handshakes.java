package io.scopegate.server.grpc;

import io.grpc.StatusRuntimeException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.scopegate.server.telemetry.FailedHandshake;
import io.scopegate.server.telemetry.HandshakeMetrics;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Counts and logs failed TLS handshakes, with address and reason. The transport closes such connections silently, and
 * their clients often learn no more than that the connection was closed. Any thread.
 */
final class Handshakes {

    private static final int DEEPEST = 16;

    private final HandshakeMetrics metrics;
    private final LimitedLog log;

    /** @param nanoTime a monotonic clock */
    Handshakes(HandshakeMetrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.log = new LimitedLog(Logger.getLogger(Handshakes.class), nanoTime);
    }

    /**
     * Returns a handler that watches one connection. It must stand behind the handlers that negotiate the connection.
     */
    ChannelHandler watch() {
        return new Watch();
    }

    private void failed(@Nullable Object address, Throwable fault) {
        FailedHandshake why = reason(fault);
        try {
            log.say(
                    why == FailedHandshake.CLOSED ? Level.DEBUG : Level.WARN,
                    "TLS handshake with %s failed: %s",
                    address,
                    text(why, fault));
        } finally {
            metrics.failed(why);
        }
    }

    private static FailedHandshake reason(Throwable fault) {
        FailedHandshake found = FailedHandshake.OTHER;
        Throwable next = fault;
        for (int depth = 0; next != null && depth < DEEPEST; depth++) {
            FailedHandshake why = ofItself(next);
            // A cause says more than the exception that wraps it.
            found = why == FailedHandshake.OTHER ? found : why;
            next = next.getCause();
        }
        return found;
    }

    private static FailedHandshake ofItself(Throwable fault) {
        return switch (fault) {
            case CertificateExpiredException _, CertificateNotYetValidException _ ->
                FailedHandshake.CERTIFICATE_EXPIRED;
            case CertificateException _ -> FailedHandshake.CERTIFICATE_UNTRUSTED;
            case NotSslRecordException _ -> FailedHandshake.PLAIN_TEXT;
            case SslHandshakeTimeoutException _, ClosedChannelException _ -> FailedHandshake.CLOSED;
            case SSLException ssl -> ofItsText(String.valueOf(ssl.getMessage()));
            // Reset by the client, as some health checks end their connections.
            case IOException _ -> FailedHandshake.CLOSED;
            // What grpc-java throws for a client that does not speak HTTP/2.
            case StatusRuntimeException _ -> FailedHandshake.PROTOCOL;
            default -> FailedHandshake.OTHER;
        };
    }

    /** Tells the reason from the JDK's message, since there is no other way. */
    private static FailedHandshake ofItsText(String text) {
        if (text.contains("Empty client certificate chain")) {
            return FailedHandshake.NO_CERTIFICATE;
        }
        if (text.contains("Received fatal alert")) {
            return FailedHandshake.REFUSED_BY_CLIENT;
        }
        if (text.contains("protocol") || text.contains("cipher suites in common")) {
            return FailedHandshake.PROTOCOL;
        }
        return text.contains("closed") ? FailedHandshake.CLOSED : FailedHandshake.OTHER;
    }

    private static String text(FailedHandshake why, Throwable fault) {
        return switch (why) {
            // Many clients send no certificate rather than one whose authority the server has not named to them.
            case NO_CERTIFICATE ->
                "the client sent no certificate; it needs one issued by an authority in scopegate.tls.client-authorities";
            case CERTIFICATE_EXPIRED -> "the client's certificate is not valid now: " + root(fault);
            case CERTIFICATE_UNTRUSTED ->
                "the client's certificate was not issued by an authority in scopegate.tls.client-authorities, or is not one for"
                        + " a client: "
                        + root(fault);
            case REFUSED_BY_CLIENT ->
                "the client refused it, for example because it does not trust the server's certificate: " + root(fault);
            case PLAIN_TEXT -> "the client sent plain text, and this port requires TLS";
            case PROTOCOL -> "client and server have no TLS version, cipher or protocol in common: " + root(fault);
            case CLOSED -> "the connection was closed before the handshake was complete";
            case OTHER -> root(fault);
        };
    }

    private static String root(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /**
     * Watches one connection. Only the first fault counts, since later ones follow from it. Faults after the handshake
     * do not get here: the HTTP/2 handler, which stands before this one by then, keeps them. Runs on the connection's
     * event loop.
     */
    private final class Watch extends ChannelInboundHandlerAdapter {

        private boolean over;

        @Override
        public void exceptionCaught(ChannelHandlerContext connection, Throwable fault) {
            try {
                if (!over) {
                    over = true;
                    failed(
                            connection.channel().remoteAddress(),
                            fault instanceof DecoderException && fault.getCause() != null ? fault.getCause() : fault);
                }
            } finally {
                // The handlers behind this one close the connection.
                connection.fireExceptionCaught(fault);
            }
        }
    }
}
