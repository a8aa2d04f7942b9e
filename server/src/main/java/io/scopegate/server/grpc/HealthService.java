package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;
import io.scopegate.server.health.HealthPublisher;

/**
 * The {@code grpc.health.v1} service as its protocol defines it: {@code Check} of an unknown service is NOT_FOUND,
 * {@code Watch} of one reports SERVICE_UNKNOWN and goes on, and nothing is SERVING before a model is served.
 */
@GrpcService
final class HealthService implements BindableService {

    private final ServingStatuses statuses = new ServingStatuses();

    HealthService(HealthPublisher health) {
        health.onChange(statuses::publish);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ReadableMessages.of(statuses.service().bindService());
    }
}
