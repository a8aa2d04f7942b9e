package io.scopegate.server.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;
import io.scopegate.server.telemetry.HandshakeMetrics;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.io.IOException;
import java.time.Duration;

/** The service on a port, without Quarkus: a frame's whole path except for the network, which always says in body. */
final class FuzzedServer implements AutoCloseable {

    static final FrameLimits LIMITS = new FrameLimits(256, 128 * 128);

    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final int TENSORS = 4;
    private static final ServiceSettings SETTINGS = new ServiceSettings(
            MAX_MESSAGE_BYTES,
            LIMITS.maxDimension(),
            16,
            64,
            DeliveryPolicy.BLOCK,
            new StreamFrameLimits(4, 32),
            new VerdictLimits(
                    VerdictPolicy.SINGLE_FRAME,
                    new SmoothingLimits(0, 1000, Duration.ZERO, Duration.ofMinutes(1)),
                    new FrozenLimits(Duration.ZERO, Duration.ofMinutes(1), true)),
            Duration.ofSeconds(2));
    private static final ConnectionSettings CONNECTIONS = new ConnectionSettings(
            8,
            new CallShare(16, 16),
            new Times(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(2)),
            false);

    private final OpenCalls calls = new OpenCalls(SETTINGS, CONNECTIONS);
    private final TimerThread timer = new TimerThread();
    private final FramePipelines pipelines;
    private final Server server;
    private final ManagedChannel channel;

    FuzzedServer() throws IOException {
        this(new UnfinishedMessages(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    FuzzedServer(UnfinishedMessages unfinished) throws IOException {
        ServerClock clock = ServerClock.system();
        Models models =
                ModelSlots.models(clock, ModelSlots.serving(FakeSession.giving(24, 0), ModelSlots.tensors(TENSORS)));
        pipelines = new FramePipelines(
                models, new PipelineSettings(2, 1, Duration.ZERO, LIMITS, Long.MAX_VALUE, Long.MAX_VALUE), clock);
        pipelines.start();
        AuditTrail audit = new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(0)), clock);
        FrameMetrics metrics = new FrameMetrics(new SimpleMeterRegistry());
        FrameTraces traces = new FrameTraces(OpenTelemetry.noop().getTracer("test"), clock);
        ClassifierService service = new ClassifierService(
                pipelines, models, SETTINGS, new ServerVersion("test"), audit, metrics, traces, clock, timer, calls);
        server = NettyServerBuilder.forPort(0)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .addStreamTracerFactory(CallWatch.factory(MAX_MESSAGE_BYTES, unfinished, metrics))
                .addTransportFilter(new Connections(CONNECTIONS, clock))
                .protocolNegotiator(new WatchedConnections(
                        null,
                        CONNECTIONS,
                        new Handshakes(new HandshakeMetrics(new SimpleMeterRegistry()), System::nanoTime)))
                .addService(ServerInterceptors.interceptForward(
                        service.bindService(),
                        new CallerInterceptor(),
                        new OpeningInterceptor(CONNECTIONS, timer, pipelines.pictures()),
                        new CallWatchInterceptor()))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    int port() {
        return server.getPort();
    }

    int openCalls() {
        return calls.count();
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        server.shutdownNow().awaitTermination();
        timer.close();
        pipelines.close();
    }
}
