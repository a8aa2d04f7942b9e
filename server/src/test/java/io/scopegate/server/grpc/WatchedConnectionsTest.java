package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelLogger;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.telemetry.HandshakeMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests that there may be twice as many connections, including those still being set up, as may be set up. */
class WatchedConnectionsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final ConnectionSettings ONE_CONNECTION =
            new ConnectionSettings(1, new CallShare(1, 1), new Times(LONG, LONG, LONG, LONG), false);

    private final WatchedConnections connections = new WatchedConnections(
            null, ONE_CONNECTION, new Handshakes(new HandshakeMetrics(new SimpleMeterRegistry()), System::nanoTime));

    @Test
    void connectionOverTwiceTheLimitIsClosedWithoutLingering() {
        EmbeddedChannel first = connect();
        EmbeddedChannel second = connect();

        EmbeddedChannel third = connect();

        assertThat(first.isOpen()).isTrue();
        assertThat(second.isOpen()).isTrue();
        assertThat(third.isOpen()).isFalse();
    }

    @Test
    void connectionIsAcceptedAfterAnotherHasClosed() {
        EmbeddedChannel first = connect();
        connect();
        first.unsafe().close(first.voidPromise());

        assertThat(connect().isOpen()).isTrue();
    }

    /** Returns a new connection, whose time stands still. */
    private EmbeddedChannel connect() {
        EmbeddedChannel connection = new EmbeddedChannel();
        connection.freezeTime();
        connection.pipeline().addLast(connections.newHandler(new Http2()));
        return connection;
    }

    private static final class Http2 extends GrpcHttp2ConnectionHandler {

        Http2() {
            this(new DefaultHttp2Connection(true));
        }

        private Http2(DefaultHttp2Connection connection) {
            this(connection, new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter()));
        }

        private Http2(DefaultHttp2Connection connection, Http2ConnectionEncoder encoder) {
            super(
                    null,
                    new DefaultHttp2ConnectionDecoder(connection, encoder, new DefaultHttp2FrameReader()),
                    encoder,
                    Http2Settings.defaultSettings(),
                    new Silent());
        }
    }

    private static final class Silent extends ChannelLogger {

        @Override
        public void log(ChannelLogLevel level, String message) {}

        @Override
        public void log(ChannelLogLevel level, String format, Object... values) {}
    }
}
