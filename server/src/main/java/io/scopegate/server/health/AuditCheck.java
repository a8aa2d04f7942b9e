package io.scopegate.server.health;

import io.scopegate.server.audit.AuditTrail;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Reports whether the audit log is written. Always up, since frames are judged without it too. */
@Readiness
@Singleton
final class AuditCheck implements HealthCheck {

    private final AuditTrail trail;

    AuditCheck(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("audit")
                .up()
                .withData("log", trail.state())
                .withData("eventsLost", trail.lost())
                .build();
    }
}
