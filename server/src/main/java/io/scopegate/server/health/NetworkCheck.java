package io.scopegate.server.health;

import io.scopegate.server.infer.Pulse;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Down while the network does not answer, which only a new start of the process may mend. Fed by runs, not by a timer. */
@Liveness
@Singleton
final class NetworkCheck implements HealthCheck {

    private final Pulse pulse;

    NetworkCheck(Pulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public HealthCheckResponse call() {
        Pulse.Life life = pulse.life();
        HealthCheckResponseBuilder check = HealthCheckResponse.named("network").status(life.alive());
        return life.alive()
                ? check.build()
                : check.withData("reason", life.reason()).build();
    }
}
