package io.scopegate.server.health;

import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/**
 * Up once the gRPC port is open and every model has been tried, and from then on for good. A failed attempt is enough:
 * a server without a model waits for one, and a restart would not give it one.
 */
@Startup
@Singleton
final class StartCheck implements HealthCheck {

    private final Models models;
    private final DevicePort port;

    StartCheck(Models models, DevicePort port) {
        this.models = models;
        this.port = port;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("start").up();
        if (!port.isOpen()) {
            check.down().withData("grpc", "the port is not open yet");
        }
        for (NamedModel model : models.all()) {
            if (model.slot().state() instanceof ModelState.Loading) {
                check.down().withData(DataKey.of(models, model, "reason"), "a model is being loaded");
            }
        }
        return check.build();
    }
}
