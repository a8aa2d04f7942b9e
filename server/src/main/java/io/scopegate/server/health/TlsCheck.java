package io.scopegate.server.health;

import io.scopegate.server.tls.Expiry;
import io.scopegate.server.tls.ServerTls;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports how connections are protected and until when. Always up, since clients that are connected are served even
 * after that.
 */
@Readiness
@Singleton
final class TlsCheck implements HealthCheck {

    private final ServerTls tls;

    TlsCheck(ServerTls tls) {
        this.tls = tls;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("tls").up();
        Expiry expiry = tls.expiry();
        if (expiry == null) {
            return response.withData("connections", "plain text").build();
        }
        return response.withData("connections", tls.mutual() ? "mutual TLS" : "TLS")
                .withData("validUntil", expiry.at().toString())
                .withData("firstToExpire", expiry.file().toString())
                .build();
    }
}
