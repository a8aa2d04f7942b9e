package io.scopegate.server.grpc;

import io.quarkus.grpc.runtime.GrpcServer;
import io.scopegate.server.health.DevicePort;
import jakarta.inject.Singleton;

/** The port of the gRPC service. For any thread. */
@Singleton
public final class GrpcPort implements DevicePort {

    private final GrpcServer server;

    GrpcPort(GrpcServer server) {
        this.server = server;
    }

    @Override
    public boolean isOpen() {
        return server.getPort() > 0;
    }

    /** As the system has given it where any was asked for; means nothing unless it is open. */
    public int number() {
        return server.getPort();
    }
}
