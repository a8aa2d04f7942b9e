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

    private static final long TRANSPORT_LIMIT_FACTOR = 2;

    private final ServiceSettings settings;

    ServerTuning(ServiceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        // The transport ends a stream without telling why, so it is left to the calls to refuse what is over the limit.
        long transportLimit = TRANSPORT_LIMIT_FACTOR * settings.maxMessageBytes();
        builder.maxInboundMessageSize((int) Math.min(transportLimit, Integer.MAX_VALUE));
        builder.nettyBuilder()
                .keepAliveTime(PING_EVERY_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(CLIENT_PINGS_EVERY_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
    }
}
