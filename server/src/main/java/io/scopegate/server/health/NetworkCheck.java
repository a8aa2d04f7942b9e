package io.scopegate.server.health;

import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down while the network of a model does not answer, which only a restart of the process may cure. Fed by runs, not by
 * a timer.
 */
@Liveness
@Singleton
final class NetworkCheck implements HealthCheck {

    private final Models models;
    private final HealthPublisher health;

    NetworkCheck(Models models, HealthPublisher health) {
        this.models = models;
        this.health = health;
    }

    @Override
    public HealthCheckResponse call() {
        health.publishUnheard();
        HealthCheckResponseBuilder check = HealthCheckResponse.named("network").up();
        for (NamedModel model : models.all()) {
            NetworkWatchdog.Life life = model.watchdog().life();
            if (!life.alive()) {
                check.down().withData(DataKey.of(models, model, "reason"), life.reason());
            }
        }
        return check.build();
    }
}
