package io.scopegate.server.grpc;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.OpenTelemetry;
import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;

/** The services of a server for one or two calls. It has no workers, so frames wait. */
final class CallFixtures {

    static final ServiceSettings SETTINGS = new ServiceSettings(
            1024,
            64,
            2,
            8,
            DeliveryPolicy.BLOCK,
            new StreamFrameLimits(4, 32),
            new VerdictLimits(
                    VerdictPolicy.SINGLE_FRAME,
                    new SmoothingLimits(0, 10, Duration.ZERO, Duration.ofSeconds(1)),
                    new FrozenLimits(Duration.ZERO, Duration.ofSeconds(1), true)),
            Duration.ofSeconds(2));

    static final Caller CALLER = new Caller(1, "test", null);

    /** A frame that is admitted and then waits for a worker. */
    static final Frame FRAME = Frame.newBuilder()
            .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_JPEG))
            .setEncoded(ByteString.copyFromUtf8("a picture"))
            .build();

    private static final ConnectionSettings CONNECTIONS = new ConnectionSettings(
            1,
            new CallShare(2, 2),
            new Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
            false);

    private CallFixtures() {}

    static OpenCalls calls() {
        return new OpenCalls(SETTINGS, CONNECTIONS);
    }

    /** Returns the services of a server without an audit log. */
    static CallServices services(Models models, FrameMetrics metrics, ServerClock clock, CallTimer timer) {
        return new CallServices(
                new FramePipelines(
                        models,
                        new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE),
                        clock),
                models,
                SETTINGS,
                new ServerVersion("test"),
                new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(0)), clock),
                metrics,
                new FrameTraces(OpenTelemetry.noop().getTracer("test"), clock),
                clock,
                timer);
    }
}
