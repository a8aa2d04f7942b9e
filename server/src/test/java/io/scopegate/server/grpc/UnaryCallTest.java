package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Verdict;
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
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.RecordedCall;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the verdict on a single frame: its own verdict only if streams may do without smoothing and frozen-picture
 * detection.
 */
class UnaryCallTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final ConnectionSettings CONNECTIONS =
            new ConnectionSettings(1, new CallShare(1, 1), new Times(LONGEST, LONGEST, LONGEST, LONGEST), false);
    private static final PipelineSettings PIPELINE =
            new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE);
    private static final ClassifyRequest REQUEST = ClassifyRequest.newBuilder()
            .setFrame(BadFrames.raw(1, 64, 64, Pictures.rgb(Pictures.spot(64, 64))))
            .build();

    private final ServerClock clock = ServerClock.system();
    private final Models models =
            ModelSlots.models(clock, ModelSlots.serving(FakeSession.giving(5, 0), ModelSlots.tensors(2)));

    /** The policy for streams that leave it to the server makes no difference. */
    @Test
    void singleFrameKeepsItsVerdictWhenSmoothingIsOptional() throws Exception {
        FrameAnswer answer = classify(limits(1, 0, true));

        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(answer.getReason()).isEqualTo(Reason.REASON_MODEL);
    }

    /**
     * If the server demands smoothing or frozen-picture detection of streams, a single frame is out of body, whatever
     * the network says.
     */
    @ParameterizedTest
    @CsvSource({"2, 0, true", "0, 1, true", "0, 0, false"})
    void singleFrameIsOutOfBodyWhenSmoothingOrFrozenCheckIsRequired(
            int leastFrames, int leastMillis, boolean frozenOptional) throws Exception {
        FrameAnswer answer = classify(limits(leastFrames, leastMillis, frozenOptional));

        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(answer.getRawVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(answer.getReason()).isEqualTo(Reason.REASON_SMOOTHING);
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
    }

    private static VerdictLimits limits(int leastFrames, int leastMillis, boolean frozenOptional) {
        return new VerdictLimits(
                new VerdictPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(2)),
                new SmoothingLimits(leastFrames, 10, Duration.ofMillis(leastMillis), LONGEST),
                new FrozenLimits(Duration.ZERO, LONGEST, frozenOptional));
    }

    private FrameAnswer classify(VerdictLimits verdicts) throws Exception {
        ServiceSettings settings = new ServiceSettings(
                1 << 20, 64, 1, 8, DeliveryPolicy.BLOCK, new StreamFrameLimits(4, 32), verdicts, Duration.ZERO);
        RecordedCall<ClassifyResponse> call = new RecordedCall<>();
        CountDownLatch written = new CountDownLatch(1);
        call.whenWritten(written::countDown);
        try (FramePipelines pipelines = new FramePipelines(models, PIPELINE, clock)) {
            pipelines.start();
            UnaryCall single = new UnaryCall(services(pipelines, settings), new OpenCalls(settings, CONNECTIONS), call);
            new Caller(1, "test", null).in(Context.ROOT).call(() -> {
                single.start(REQUEST);
                return single;
            });
            assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
        }
        return call.written().getFirst().getAnswer();
    }

    private CallServices services(FramePipelines pipelines, ServiceSettings settings) {
        return new CallServices(
                pipelines,
                models,
                settings,
                new ServerVersion("test"),
                new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(0)), clock),
                new FrameMetrics(new SimpleMeterRegistry()),
                new FrameTraces(OpenTelemetry.noop().getTracer("test"), clock),
                clock,
                (time, action) -> new CompletableFuture<>());
    }
}
