package io.scopegate.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.OnnxSessions;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.config.EngineSettings;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.ConnectionSettings;
import io.scopegate.server.grpc.OpenCalls;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.infer.WatchdogSettings;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.RepositorySettings;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.pipeline.WaitingPictureLimit;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;
import io.scopegate.server.telemetry.HandshakeMetrics;
import io.scopegate.server.tls.ServerTls;
import io.scopegate.server.tls.TlsSettings;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Creates the stages and wires them together. The stages know nothing of the container. */
final class ServerBeans {

    private static final Logger LOG = Logger.getLogger(ServerBeans.class);

    @Produces
    @Singleton
    ServerClock clock() {
        return ServerClock.system();
    }

    @Produces
    @Singleton
    ServerTls serverTls(TlsSettings settings, ServerClock clock) {
        return new ServerTls(settings, clock);
    }

    @Produces
    @Singleton
    EngineBuilds engineBuilds(EngineSettings settings, RepositorySettings models, ServerClock clock) {
        EngineStore store = new EngineStore(settings.directory(), Clock.systemUTC(), LOG::warn);
        return new EngineBuilds(
                store,
                new BuildClock(clock::wallTime, clock::nanoTime),
                new BuildLog(LOG::info, LOG::warn),
                models.first().reload().pollInterval().multipliedBy(2));
    }

    void close(@Disposes EngineBuilds builds) {
        builds.close();
    }

    @Produces
    @Singleton
    SessionFactory sessions(OnnxSettings settings, TargetSettings targets, EngineBuilds builds) {
        return new OnnxSessions(settings, targets, DeviceProbe.ofThisMachine(), builds);
    }

    @Produces
    @Singleton
    Models models(RepositorySettings settings, SessionFactory sessions, WatchdogSettings watchdog, ServerClock clock) {
        return Models.of(settings, sessions, watchdog, clock);
    }

    @Produces
    @Singleton
    FramePipelines pipelines(Models models, PipelineSettings settings, ServerClock clock) {
        return new FramePipelines(models, settings, clock);
    }

    @Produces
    @Singleton
    WaitingPictureLimit pictures(FramePipelines pipelines) {
        return pipelines.pictures();
    }

    @Produces
    @Singleton
    AuditTrail auditTrail(AuditSettings settings, ServerClock clock) {
        return new AuditTrail(settings, clock);
    }

    @Produces
    @Singleton
    FrameMetrics frameMetrics(MeterRegistry registry) {
        return new FrameMetrics(registry);
    }

    @Produces
    @Singleton
    HandshakeMetrics handshakeMetrics(MeterRegistry registry) {
        return new HandshakeMetrics(registry);
    }

    @Produces
    @Singleton
    FrameTraces frameTraces(OpenTelemetry traces, ServerClock clock) {
        return new FrameTraces(traces.getTracer("io.scopegate"), clock);
    }

    @Produces
    @Singleton
    OpenCalls openCalls(ServiceSettings settings, ConnectionSettings connections) {
        return new OpenCalls(settings, connections);
    }
}
