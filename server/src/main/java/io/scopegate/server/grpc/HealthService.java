package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;
import io.scopegate.server.health.HealthPublisher;

/**
 * {@code grpc.health.v1} as its standard has it: Check of an unknown service is NOT_FOUND, Watch of one is
 * SERVICE_UNKNOWN and goes on, and nothing serves before a model does.
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
