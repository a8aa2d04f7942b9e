package io.scopegate.server.config;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The hosts that the server listens on. */
@Singleton
public final class ListenSettings {

    private final String grpcHost;
    private final String httpHost;

    ListenSettings(
            @ConfigProperty(name = "quarkus.grpc.server.host") String grpcHost,
            @ConfigProperty(name = "quarkus.http.host") String httpHost) {
        this.grpcHost = grpcHost;
        this.httpHost = httpHost;
    }

    /** Of the gRPC service. */
    public String grpcHost() {
        return grpcHost;
    }

    /** Of health. */
    public String httpHost() {
        return httpHost;
    }
}
