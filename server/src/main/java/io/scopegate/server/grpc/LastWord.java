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
 * Lets a status be the last that the client hears of a call. The transport would reset the stream right behind it where it
 * ends a call for its message: some clients then forget the status, and what is still on its way of that message is
 * answered with a reset for each part, until the connection is closed for too many. A stream that is open to the client's
 * side alone drops what comes, and is closed by the client. One that its client leaves open is reset after a moment: what it has
 * dropped counts against the connection's window until then. On the connection's own thread.
 */
final class LastWord implements Http2LifecycleManager {

    private static final Duration AT_MOST = LingeringClose.AT_MOST;

    private final Http2ConnectionHandler transport;

    private LastWord(Http2ConnectionHandler transport) {
        this.transport = transport;
    }

    /** From the first stream on: the transport puts itself in this place when it is added to its connection. */
    static void of(Http2ConnectionHandler transport) {
        LastWord lastWord = new LastWord(transport);
        transport.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamAdded(Http2Stream stream) {
                transport.encoder().lifecycleManager(lastWord);
            }
        });
    }

    /** Of what the transport itself resets; what Netty resets, for a breach of HTTP/2, does not come this way. */
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

    /** Whether its end is written, if need be now: the reset would drop an end that waits behind an answer. */
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
