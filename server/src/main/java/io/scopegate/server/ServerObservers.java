package io.scopegate.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.audit.ModelTrail;
import io.scopegate.server.grpc.OpenCalls;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelWatcher;
import io.scopegate.server.telemetry.ModelMetrics;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What looks on: audit log and metrics. They begin before everything else and end after it. */
@Singleton
final class ServerObservers {

    private static final int FIRST = 1;

    private final ModelSlot models;
    private final ModelWatcher watcher;
    private final AuditTrail audit;
    private final MeterRegistry registry;

    ServerObservers(ModelSlot models, ModelWatcher watcher, AuditTrail audit, MeterRegistry registry) {
        this.models = models;
        this.watcher = watcher;
        this.audit = audit;
        this.registry = registry;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event, OpenCalls calls) {
        audit.start();
        audit.record(audit.event("server-started"));
        ModelTrail.follow(models, watcher, audit);
        ModelMetrics.follow(models, watcher, registry);
        Gauge.builder("scopegate.calls", calls, OpenCalls::count)
                .description("Streams and single frames that are open now")
                .register(registry);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        audit.record(audit.event("server-stopped"));
        audit.close();
    }
}
