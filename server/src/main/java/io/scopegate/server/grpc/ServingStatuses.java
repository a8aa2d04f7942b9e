package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.Map;

/**
 * Reports which services are serving to those who ask or watch through {@code grpc.health.v1}. Published by one thread
 * at a time, read by any.
 */
final class ServingStatuses {

    private final HealthStatusManager statuses = new HealthStatusManager();
    private boolean complete = true;

    /**
     * Sets the status of each of these services. If this fails, it has to be called again; that call then notifies
     * every watcher, since some may have missed the change.
     */
    void publish(Map<String, Boolean> services) {
        boolean again = !complete;
        complete = false;
        services.forEach((service, serving) -> {
            if (again) {
                // Setting the same status again notifies nobody.
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
