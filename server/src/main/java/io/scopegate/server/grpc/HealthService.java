package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.quarkus.grpc.GrpcService;
import io.scopegate.server.health.HealthPublisher;
import java.util.Map;

/**
 * {@code grpc.health.v1} as its standard has it: Check of an unknown service is NOT_FOUND, Watch of one is
 * SERVICE_UNKNOWN and goes on, and nothing serves before a model does.
 */
@GrpcService
final class HealthService implements BindableService {

    private final HealthStatusManager statuses = new HealthStatusManager();

    HealthService(HealthPublisher health) {
        health.onChange(this::publish);
    }

    private void publish(Map<String, Boolean> services) {
        services.forEach((service, serving) ->
                statuses.setStatus(service, serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ReadableMessages.of(statuses.getHealthService().bindService());
    }
}
