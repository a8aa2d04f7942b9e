package io.scopegate.server.grpc;

import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.scopegate.server.tls.ServerTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.grpc.VertxServerBuilder;
import io.vertx.grpc.server.GrpcServerOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Limits, TLS and keepalive of the transport: a client that has vanished is noticed within seven seconds. */
@Singleton
final class ServerTuning implements ServerBuilderCustomizer<VertxServerBuilder> {

    private static final int PING_EVERY_SECONDS = 5;
    private static final int PING_ANSWER_WITHIN_SECONDS = 2;
    private static final int CLIENT_PINGS_EVERY_SECONDS = 5;

    private final ServiceSettings settings;
    private final ServerTls tls;

    ServerTuning(ServiceSettings settings, ServerTls tls) {
        this.settings = settings;
        this.tls = tls;
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        refuseOthersTls(configuration);
        int maxMessageBytes = settings.maxMessageBytes();
        builder.maxInboundMessageSize(maxMessageBytes);
        builder.nettyBuilder()
                .addStreamTracerFactory(MessageLimit.factory(maxMessageBytes))
                .keepAliveTime(PING_EVERY_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(CLIENT_PINGS_EVERY_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .sslContext(tls.context());
    }

    /** Quarkus would put its own in the place of ours. */
    private static void refuseOthersTls(GrpcServerConfiguration configuration) {
        var ssl = configuration.ssl();
        if (!configuration.plainText()
                || ssl.certificate().isPresent()
                || ssl.keyStore().isPresent()
                || ssl.trustStore().isPresent()
                || ssl.clientAuth() != ClientAuth.NONE) {
            throw new IllegalArgumentException(
                    "quarkus.grpc.server.ssl and plain-text: absent, since scopegate.tls is in their place, not set");
        }
    }

    /** Of the unified server, which is not this one. */
    @Override
    public void customize(GrpcServerConfiguration configuration, GrpcServerOptions options) {
        throw new IllegalArgumentException(
                "quarkus.grpc.server.use-separate-server: true, since the limits and TLS are those of that server, not false");
    }
}
