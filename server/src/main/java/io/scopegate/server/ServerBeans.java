package io.scopegate.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.ConnectionSettings;
import io.scopegate.server.grpc.OpenCalls;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.infer.Pulse;
import io.scopegate.server.infer.PulseSettings;
import io.scopegate.server.infer.SessionFactory;
import io.scopegate.server.infer.onnx.OnnxSessions;
import io.scopegate.server.infer.onnx.OnnxSettings;
import io.scopegate.server.model.ModelControl;
import io.scopegate.server.model.ModelSettings;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelWatcher;
import io.scopegate.server.model.WatchThread;
import io.scopegate.server.pipeline.FramePipeline;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.pipeline.PipelineThreads;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.tls.ServerTls;
import io.scopegate.server.tls.TlsSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The stages, put together. They know nothing of the container. */
final class ServerBeans {

    @Produces
    @Singleton
    ServerClock clock() {
        return ServerClock.system();
    }

    @Produces
    @Singleton
    ServerTls serverTls(TlsSettings settings) {
        return new ServerTls(settings);
    }

    @Produces
    @Singleton
    SessionFactory sessions(OnnxSettings settings) {
        return new OnnxSessions(settings);
    }

    @Produces
    @Singleton
    ModelSlot modelSlot() {
        return new ModelSlot();
    }

    @Produces
    @Singleton
    ModelWatcher modelWatcher(ModelSettings settings, SessionFactory sessions, ModelSlot slot, ServerClock clock) {
        return ModelWatcher.of(settings, sessions, slot, clock);
    }

    @Produces
    @Singleton
    ModelControl modelControl(ModelWatcher watcher) {
        return new ModelControl(watcher);
    }

    @Produces
    @Singleton
    WatchThread watchThread(ModelWatcher watcher, ModelSettings settings) {
        return new WatchThread(watcher, settings);
    }

    @Produces
    @Singleton
    Pulse pulse(PulseSettings settings, ServerClock clock) {
        return new Pulse(settings, clock);
    }

    @Produces
    @Singleton
    FramePipeline pipeline(ModelSlot models, ServerClock clock, Pulse pulse) {
        return new FramePipeline(models, clock, pulse);
    }

    @Produces
    @Singleton
    PipelineThreads pipelineThreads(FramePipeline pipeline, PipelineSettings settings) {
        return new PipelineThreads(pipeline, settings);
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
    OpenCalls openCalls(ServiceSettings settings, ConnectionSettings connections) {
        return new OpenCalls(settings, connections);
    }
}
