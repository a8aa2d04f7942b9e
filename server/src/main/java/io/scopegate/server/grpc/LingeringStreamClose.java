package io.scopegate.server.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Makes the status the last that a client receives of a call. When the transport ends a call because of its message, it
 * would reset the stream right after the status. Some clients then drop the status, and each part of the message that
 * is still on its way is answered with another reset, until the connection is closed for too many of them.
 *
 * <p>With this in place, a stream whose status has been written is not reset: it discards what still arrives, and the
 * client closes it. If the client leaves it open, it is reset after a moment, because the discarded bytes count against
 * the connection's flow-control window until then. Runs on the connection's event loop.
 */
final class LingeringStreamClose implements Http2LifecycleManager {

    private static final Duration AT_MOST = LingeringClose.AT_MOST;

    private final Http2ConnectionHandler transport;

    private LingeringStreamClose(Http2ConnectionHandler transport) {
        this.transport = transport;
    }

    /**
     * Installs this as soon as the connection has a stream. Installed earlier, it would be replaced by the transport,
     * which sets itself in this place when it is added to its connection.
     */
    static void of(Http2ConnectionHandler transport) {
        LingeringStreamClose lingeringClose = new LingeringStreamClose(transport);
        transport.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamAdded(Http2Stream stream) {
                transport.encoder().lifecycleManager(lingeringClose);
            }
        });
    }

    /** Handles resets by gRPC's transport. Resets by Netty, for a violation of HTTP/2, do not come this way. */
    @Override
    public ChannelFuture resetStream(
            ChannelHandlerContext connection, int streamId, long errorCode, ChannelPromise written) {
        Http2Stream stream = transport.connection().stream(streamId);
        if (stream == null || !told(connection, stream)) {
            return transport.resetStream(connection, streamId, errorCode, written);
        }
        var unused = connection
                .executor()
                .schedule(() -> resetIfLeft(connection, stream), AT_MOST.toNanos(), TimeUnit.NANOSECONDS);
        return written.unvoid().setSuccess();
    }

    private void resetIfLeft(ChannelHandlerContext connection, Http2Stream stream) {
        if (stream.state() != Http2Stream.State.CLOSED) {
            var unused =
                    transport.resetStream(connection, stream.id(), Http2Error.NO_ERROR.code(), connection.newPromise());
            connection.flush();
        }
    }

    /**
     * Returns whether the end of the server's side has been written. Writes what is pending first, since a reset would
     * drop an end that waits behind an answer.
     */
    private boolean told(ChannelHandlerContext connection, Http2Stream stream) {
        try {
            transport.encoder().flowController().writePendingBytes();
        } catch (Http2Exception e) {
            transport.onError(connection, true, e);
        }
        return !stream.state().localSideOpen();
    }

    @Override
    public void closeStreamLocal(Http2Stream stream, ChannelFuture written) {
        transport.closeStreamLocal(stream, written);
    }

    @Override
    public void closeStreamRemote(Http2Stream stream, ChannelFuture written) {
        transport.closeStreamRemote(stream, written);
    }

    @Override
    public void closeStream(Http2Stream stream, ChannelFuture written) {
        transport.closeStream(stream, written);
    }

    @Override
    public ChannelFuture goAway(
            ChannelHandlerContext connection, int lastStreamId, long errorCode, ByteBuf why, ChannelPromise written) {
        return transport.goAway(connection, lastStreamId, errorCode, why, written);
    }

    @Override
    public void onError(ChannelHandlerContext connection, boolean outbound, Throwable fault) {
        transport.onError(connection, outbound, fault);
    }
}
