package io.scopegate.server.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Pings a connection on which nothing has arrived for a while, and closes it if nothing arrives in reply. Any byte
 * counts. Runs on the connection's event loop.
 */
final class Heartbeat extends ChannelInboundHandlerAdapter {

    private final Times times;
    private final Ping ping;
    private final LongSupplier nanoTime;
    private long heardNanos;
    private boolean asked;

    /** Sends a ping; returns false if the connection is not set up far enough. */
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
