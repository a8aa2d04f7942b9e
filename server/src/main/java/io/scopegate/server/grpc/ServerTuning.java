package io.scopegate.server.grpc;

import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Limits and keepalive of the transport: a client that has vanished is noticed within seven seconds. */
@Singleton
final class ServerTuning implements ServerBuilderCustomizer<VertxServerBuilder> {

    private static final int PING_EVERY_SECONDS = 5;
    private static final int PING_ANSWER_WITHIN_SECONDS = 2;
    private static final int CLIENT_PINGS_EVERY_SECONDS = 5;

    private final ServiceSettings settings;

    ServerTuning(ServiceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        int maxMessageBytes = settings.maxMessageBytes();
        builder.maxInboundMessageSize(maxMessageBytes);
        builder.nettyBuilder()
                .addStreamTracerFactory(MessageLimit.factory(maxMessageBytes))
                .keepAliveTime(PING_EVERY_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(CLIENT_PINGS_EVERY_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
    }
}
