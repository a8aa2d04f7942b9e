package io.scopegate.server.grpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Shuts down the server's direction of a connection at once, and closes the connection when the client does, or a
 * moment later at the latest. Until then, received bytes are discarded. Bytes that reach a closed socket would cause a
 * reset, and the client could lose what was sent last, which is the reason for the close. Runs on the connection's
 * event loop.
 */
final class LingeringClose extends ChannelDuplexHandler {

    static final Duration AT_MOST = Duration.ofMillis(500);

    private final Duration atMost;
    private boolean closing;

    LingeringClose(Duration atMost) {
        this.atMost = atMost;
    }

    @Override
    public void close(ChannelHandlerContext connection, ChannelPromise closed) {
        if (!connection.channel().isActive() || isUnread(connection.channel())) {
            var unused = connection.close(closed);
            return;
        }
        var unused = connection.channel().closeFuture().addListener(done -> closed.trySuccess());
        if (!closing) {
            closing = true;
            linger(connection);
        }
    }

    /**
     * Returns whether something could not be sent yet. The client is not reading then: it would not read the reason
     * either, and a half-closed socket would count as writable.
     */
    private static boolean isUnread(Channel connection) {
        ChannelOutboundBuffer unsent = connection.unsafe().outboundBuffer();
        return unsent != null && !unsent.isEmpty();
    }

    private void linger(ChannelHandlerContext connection) {
        if (connection.channel() instanceof DuplexChannel socket) {
            var unused = socket.shutdownOutput();
        }
        Runnable close = () -> {
            var unused = connection.close();
        };
        var unused = connection.executor().schedule(close, atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        if (closing) {
            ReferenceCountUtil.release(bytes);
        } else {
            connection.fireChannelRead(bytes);
        }
    }
}
