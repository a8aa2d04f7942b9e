package io.scopegate.server.health;

import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;

/**
 * The gRPC health that never says SERVING while no model is served. The framework says so of every service as soon as
 * the port is open, which here is too early.
 */
final class GatedHealthStorage extends GrpcHealthStorage {

    private final ModelSlot models;

    GatedHealthStorage(ModelSlot models) {
        this.models = models;
    }

    @Override
    public void setStatus(String service, ServingStatus status) {
        boolean served = models.state() instanceof ModelState.Serving;
        super.setStatus(service, served ? status : ServingStatus.NOT_SERVING);
    }
}
