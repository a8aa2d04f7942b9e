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
 * Closes a connection's own direction at once and the connection itself when the other end closes, at the latest a
 * moment later. What comes until then is thrown away: bytes that meet a closed connection reset it, and the other end
 * may then lose what was sent last, which is the reason for the close. On the connection's own thread.
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

    /** The other end does not read: it would not read the reason either, and the half-closed socket would count as writable. */
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
