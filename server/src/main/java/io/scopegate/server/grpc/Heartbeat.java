package io.scopegate.server.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Asks a silent connection for a sign of life, and closes it if none comes. Any byte is one. On the connection's own
 * thread.
 */
final class Heartbeat extends ChannelInboundHandlerAdapter {

    private final Times times;
    private final Ping ping;
    private final LongSupplier nanoTime;
    private long heardNanos;
    private boolean asked;

    /** How a connection is asked; false while it is not far enough set up. */
    interface Ping {
        boolean send(ChannelHandlerContext connection);
    }

    Heartbeat(Times times, Ping ping, LongSupplier nanoTime) {
        this.times = times;
        this.ping = ping;
        this.nanoTime = nanoTime;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext connection) {
        heard();
        lookAfter(connection, times.pingInterval().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        heard();
        connection.fireChannelRead(bytes);
    }

    private void heard() {
        heardNanos = nanoTime.getAsLong();
        asked = false;
    }

    private void lookAfter(ChannelHandlerContext connection, long nanos) {
        var unused = connection.executor().schedule(() -> look(connection), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext connection) {
        long left = times.pingInterval().toNanos() - (nanoTime.getAsLong() - heardNanos);
        if (connection.isRemoved() || !connection.channel().isOpen()) {
            return;
        }
        if (asked) {
            var unused = connection.close();
        } else if (left > 0) {
            lookAfter(connection, left);
        } else {
            asked = ping.send(connection);
            lookAfter(connection, (asked ? times.pingTimeout() : times.pingInterval()).toNanos());
        }
    }
}
