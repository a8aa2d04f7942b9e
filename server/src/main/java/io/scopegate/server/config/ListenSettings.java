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

    /** Returns the host of the gRPC service. */
    public String grpcHost() {
        return grpcHost;
    }

    /** Returns the host of the HTTP server, which serves health. */
    public String httpHost() {
        return httpHost;
    }
}
