package io.scopegate.server.grpc;

import io.quarkus.grpc.runtime.GrpcServer;
import io.scopegate.server.health.DevicePort;
import jakarta.inject.Singleton;

/** The port of the gRPC service. Any thread. */
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

    /**
     * Returns the port number; if the configuration left the choice to the operating system, the one that it chose.
     * Meaningless unless the port is open.
     */
    public int number() {
        return server.getPort();
    }
}
