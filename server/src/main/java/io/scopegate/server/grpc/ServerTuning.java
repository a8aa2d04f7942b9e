package io.scopegate.server.grpc;

import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.HandshakeMetrics;
import io.scopegate.server.tls.ServerTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.grpc.VertxServerBuilder;
import io.vertx.grpc.server.GrpcServerOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Configures the transport: limits, TLS, and handlers that detect vanished clients and stop misbehaving ones. */
@Singleton
final class ServerTuning implements ServerBuilderCustomizer<VertxServerBuilder> {

    private static final int CLIENT_PINGS_EVERY_SECONDS = 5;

    /**
     * How many calls a connection may have beside its streams and single calls: health, administration, and calls that
     * have not begun yet.
     */
    private static final int OTHER_CALLS = 16;

    /**
     * The limit on cancelled calls, per second and for each call that a connection may have open. Even a camera whose
     * single calls all exceed their deadline stays below it.
     */
    private static final int RESETS_A_SECOND = 100;

    private static final int RESETS_WITHIN_SECONDS = 10;

    private final ServiceSettings settings;
    private final ConnectionSettings limits;
    private final Connections connections;
    private final ServerTls tls;
    private final FrameMetrics metrics;
    private final Handshakes handshakes;
    private final UnfinishedMessages unfinished;

    ServerTuning(
            ServiceSettings settings,
            PipelineSettings pipeline,
            ConnectionSettings limits,
            Connections connections,
            ServerTls tls,
            FrameMetrics metrics,
            HandshakeMetrics handshakes) {
        this.settings = settings;
        this.limits = limits;
        this.connections = connections;
        this.tls = tls;
        this.metrics = metrics;
        this.handshakes = new Handshakes(handshakes, System::nanoTime);
        boolean allForOne = limits.calls().perClient() >= settings.maxStreams();
        this.unfinished = UnfinishedMessages.beside(pipeline.waitingPictures(), settings.maxMessageBytes(), allForOne);
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        refuseOthersSettings(configuration);
        int maxMessageBytes = settings.maxMessageBytes();
        builder.maxInboundMessageSize(maxMessageBytes);
        builder.nettyBuilder()
                .addStreamTracerFactory(CallWatch.factory(maxMessageBytes, unfinished, metrics))
                .addTransportFilter(connections)
                .maxConcurrentCallsPerConnection(calls(limits.calls().perConnection()))
                .maxRstFramesPerWindow(resets(limits.calls().perConnection()), RESETS_WITHIN_SECONDS)
                .handshakeTimeout(limits.times().handshake().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(CLIENT_PINGS_EVERY_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .protocolNegotiator(new WatchedConnections(tls.context(), limits, handshakes));
        if (limits.reflection()) {
            builder.addService(ProtoReflectionServiceV1.newInstance());
        }
    }

    static int calls(int opened) {
        return (int) Math.min(Integer.MAX_VALUE, (long) opened + OTHER_CALLS);
    }

    private static int resets(int calls) {
        return (int) Math.min(Integer.MAX_VALUE, (long) calls * RESETS_A_SECOND * RESETS_WITHIN_SECONDS);
    }

    /** Refuses Quarkus settings that would replace those of this server. */
    private static void refuseOthersSettings(GrpcServerConfiguration configuration) {
        var ssl = configuration.ssl();
        if (!configuration.plainText()
                || ssl.certificate().isPresent()
                || ssl.keyStore().isPresent()
                || ssl.trustStore().isPresent()
                || ssl.clientAuth() != ClientAuth.NONE) {
            throw new IllegalArgumentException(
                    "quarkus.grpc.server.ssl and plain-text: not supported, use scopegate.tls instead");
        }
        if (configuration.maxInboundMessageSize().isPresent()) {
            throw new IllegalArgumentException(
                    "quarkus.grpc.server.max-inbound-message-size: not supported, use scopegate.max-message instead");
        }
    }

    /** Would configure Quarkus' unified server, which is not supported. */
    @Override
    public void customize(GrpcServerConfiguration configuration, GrpcServerOptions options) {
        throw new IllegalArgumentException("quarkus.grpc.server.use-separate-server: false is not supported");
    }
}
