package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.Map;

/** Which services serve, as {@code grpc.health.v1} tells those who ask or watch. Published by one thread at a time, asked by any. */
final class ServingStatuses {

    private final HealthStatusManager statuses = new HealthStatusManager();
    private boolean complete = true;

    /**
     * Sets the status of each of these services. Where that fails, it is to be called again and then tells everybody: some of
     * those who watch may not have heard of the change.
     */
    void publish(Map<String, Boolean> services) {
        boolean again = !complete;
        complete = false;
        services.forEach((service, serving) -> {
            if (again) {
                // To set a status that is set already tells nobody.
                statuses.clearStatus(service);
            }
            statuses.setStatus(service, serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
        });
        complete = true;
    }

    BindableService service() {
        return statuses.getHealthService();
    }
}
