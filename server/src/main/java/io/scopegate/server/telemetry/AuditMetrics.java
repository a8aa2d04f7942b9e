package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.scopegate.server.audit.AuditTrail;

/**
 * Metrics that show whether the audit log is written. Frames are judged without it, so no other metric would show that
 * it is not.
 */
public final class AuditMetrics {

    private AuditMetrics() {}

    /** Registers the metrics, if there is a log. */
    public static void follow(AuditTrail trail, MeterRegistry registry) {
        if (trail.isKept()) {
            Gauge.builder("scopegate.audit.writing", trail, of -> of.isWriting() ? 1 : 0)
                    .description(
                            "1 while the audit log is written, 0 while its disk refuses writes or does not respond")
                    .strongReference(true)
                    .register(registry);
            FunctionCounter.builder("scopegate.audit.events.lost", trail, AuditTrail::lost)
                    .description("Events that are permanently missing from the audit log")
                    .register(registry);
        }
    }
}
