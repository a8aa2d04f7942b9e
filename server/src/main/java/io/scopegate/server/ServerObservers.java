package io.scopegate.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.audit.ModelTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.OpenCalls;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.telemetry.AuditMetrics;
import io.scopegate.server.telemetry.EngineMetrics;
import io.scopegate.server.telemetry.ModelMetrics;
import io.scopegate.server.tls.Expiry;
import io.scopegate.server.tls.ServerTls;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The observers: audit log and metrics. They start before the parts that they observe and stop after them. */
@Singleton
final class ServerObservers {

    private static final int FIRST = 1;

    private final Models models;
    private final AuditTrail audit;
    private final MeterRegistry registry;

    ServerObservers(Models models, AuditTrail audit, MeterRegistry registry) {
        this.models = models;
        this.audit = audit;
        this.registry = registry;
    }

    void start(
            @Observes @Priority(FIRST) StartupEvent event,
            OpenCalls calls,
            FramePipelines pipelines,
            ServerTls tls,
            ServerClock clock) {
        audit.start();
        audit.record(audit.event("server-started"));
        models.all().forEach(model -> ModelTrail.follow(model, audit));
        ModelMetrics.follow(models, registry);
        AuditMetrics.follow(audit, registry);
        EngineMetrics.follow(models.engines(), registry);
        Gauge.builder("scopegate.calls", calls, OpenCalls::count)
                .description("Streams and single frames that are open now")
                .register(registry);
        queueDepth("decode", pipelines, FramePipelines::waitingForWorker);
        queueDepth("infer", pipelines, FramePipelines::waitingForNetwork);
        if (tls.expiry() != null) {
            TimeGauge.builder("scopegate.tls.valid", tls, TimeUnit.SECONDS, of -> secondsLeft(of, clock))
                    .description("Until devices are locked out because a certificate has expired; negative after that")
                    .register(registry);
        }
    }

    private void queueDepth(String stage, FramePipelines pipelines, ToDoubleFunction<FramePipelines> waiting) {
        Gauge.builder("scopegate.queue.depth", pipelines, waiting)
                .description("Streams with a frame that waits for this stage")
                .tag("stage", stage)
                .register(registry);
    }

    private static double secondsLeft(ServerTls tls, ServerClock clock) {
        Expiry expiry = tls.expiry();
        return expiry == null ? Double.NaN : expiry.left(clock.wallTime()).toSeconds();
    }

    void stop(@Observes ShutdownEvent event) {
        ShutdownSteps.run(() -> audit.record(audit.event("server-stopped")), audit::close);
    }
}
