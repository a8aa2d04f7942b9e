package io.scopegate.server.grpc;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sets up each connection as the transport does, and adds a {@link Heartbeat} before everything else, since the
 * transport's own keepalive accepts no interval under 10 s, a {@link LingeringClose} behind it, and a {@link
 * LingeringStreamClose} within the transport.
 *
 * <p>{@link Connections} counts the connections that are set up, and may refuse one with a reason. Those that are only
 * half set up must neither take their places nor use up all memory: in all there may be twice as many connections, and
 * one more is closed at once.
 */
final class WatchedConnections implements ProtocolNegotiator {

    /** The payload of the transport's own keepalive pings, for which it accepts the answer silently. */
    private static final long PING = 0xDEADL;

    private final ProtocolNegotiator transport;
    private final Times times;
    private final @Nullable Handshakes handshakes;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /** @param handshakes records failed handshakes, if there is TLS */
    WatchedConnections(@Nullable SslContext tls, ConnectionSettings limits, Handshakes handshakes) {
        this.transport = tls == null
                ? InternalProtocolNegotiators.serverPlaintext()
                : InternalProtocolNegotiators.serverTls(tls);
        this.handshakes = tls == null ? null : handshakes;
        this.times = limits.times();
        this.most = (int) Math.min(Integer.MAX_VALUE, 2L * limits.maxConnections());
    }

    @Override
    public AsciiString scheme() {
        return transport.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler http2) {
        LingeringStreamClose.of(http2);
        ChannelHandler negotiation = transport.newHandler(http2);
        Heartbeat heartbeat = new Heartbeat(times, connection -> ping(connection, http2), System::nanoTime);
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext connection) {
                if (handshakes != null) {
                    connection.pipeline().addAfter(connection.name(), null, handshakes.watch());
                }
                connection.pipeline().addAfter(connection.name(), null, negotiation);
                connection.pipeline().addAfter(connection.name(), null, new LingeringClose(LingeringClose.AT_MOST));
                connection.pipeline().replace(this, null, heartbeat);
                count(connection.pipeline().context(heartbeat));
            }
        };
    }

    private void count(ChannelHandlerContext connection) {
        connection.channel().closeFuture().addListener(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > most) {
            // Closed from this handler, bypassing the LingeringClose behind it: there is no reason to send, and so
            // nothing to linger for.
            var unused = connection.close();
        }
    }

    private static boolean ping(ChannelHandlerContext connection, GrpcHttp2ConnectionHandler http2) {
        ChannelHandlerContext protocol = connection.pipeline().context(http2);
        if (protocol == null) {
            return false;
        }
        var unused = http2.encoder().writePing(protocol, false, PING, protocol.newPromise());
        protocol.flush();
        return true;
    }

    @Override
    public void close() {
        transport.close();
    }
}
