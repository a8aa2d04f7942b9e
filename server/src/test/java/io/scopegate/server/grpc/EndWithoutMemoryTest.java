package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamRoom;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;
import io.scopegate.server.testing.Hoard;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.RecordedCall;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call that has to end while there is no memory: none at all, then a little, then twice as much. It ends for its client each time. In
 * a process of its own.
 */
class EndWithoutMemoryTest {

    private static final int[] BYTES = {0, 32, 64, 128, 256, 512, 1024, 2048};

    private static final String SAID = "starved and ended";

    /** Which call. */
    enum Kind {
        STREAM_WITH_A_FRAME,
        STREAM_WITH_A_MESSAGE_THAT_WAITS,
        SINGLE_FRAME
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void aCallEndsForItsClientAllTheSame(Kind kind) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starving.class.getName(),
                        kind.name())
                .redirectError(Redirect.INHERIT)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo(SAID);
        assertThat(process.waitFor()).isZero();
    }

    /** The program that has no memory. */
    static final class Starving {

        private static final Hoard HOARD = new Hoard();

        private Starving() {}

        public static void main(String[] arguments) throws Exception {
            Kind kind = Kind.valueOf(arguments[0]);
            // What is loaded once is to be there, and what others let go of once they are asked to is to be gone.
            end(kind, Starving::takeAllAndGiveItBack);
            for (int bytes : BYTES) {
                end(kind, () -> HOARD.takeAllBut(bytes));
            }
            System.out.print(SAID);
        }

        private static void takeAllAndGiveItBack() {
            HOARD.takeAllBut(0);
            HOARD.giveBack();
        }

        private static void end(Kind kind, Runnable before) throws Exception {
            World world = new World();
            OpenCall call = kind == Kind.SINGLE_FRAME ? world.single() : world.stream(kind);
            before.run();
            try {
                call.cutOff();
            } catch (OutOfMemoryError e) {
                // What cannot be counted or logged; the client is told all the same.
            } finally {
                HOARD.giveBack();
            }
            if (world.streamed.end() != Status.Code.UNAVAILABLE && world.answered.end() != Status.Code.UNAVAILABLE) {
                throw new AssertionError("the call has not ended");
            }
            if (world.calls.count() != 0) {
                throw new AssertionError("the call keeps its place");
            }
        }
    }

    /** A server whose frames wait for a worker that there is none of. */
    private static final class World {

        private static final VerdictLimits VERDICTS = new VerdictLimits(
                VerdictPolicy.SINGLE_FRAME,
                new SmoothingLimits(0, 10, Duration.ZERO, Duration.ofSeconds(1)),
                new FrozenLimits(Duration.ZERO, Duration.ofSeconds(1), true));
        private static final ServiceSettings SETTINGS = new ServiceSettings(
                1024, 64, 2, 8, DeliveryPolicy.BLOCK, new StreamRoom(4, 32), VERDICTS, Duration.ofSeconds(2));
        private static final ConnectionSettings CONNECTIONS = new ConnectionSettings(
                1,
                new CallShare(2, 2),
                new Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                false);
        private static final Caller CALLER = new Caller(1, "test", null);
        private static final Frame FRAME = Frame.newBuilder()
                .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_JPEG))
                .setEncoded(ByteString.copyFromUtf8("a picture"))
                .build();

        private final ManualClock clock = new ManualClock();
        private final Models models = ModelSlots.models(clock, ModelSlots.loading());
        private final Service service = new Service(
                new FramePipelines(
                        models,
                        new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE),
                        clock),
                models,
                SETTINGS,
                new ServerVersion("test"),
                new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(0)), clock),
                new FrameMetrics(new SimpleMeterRegistry()),
                new FrameTraces(OpenTelemetry.noop().getTracer("test"), clock),
                clock,
                (time, action) -> new CompletableFuture<>());
        private final OpenCalls calls = new OpenCalls(SETTINGS, CONNECTIONS);
        private final RecordedCall<ClassifyStreamResponse> streamed = new RecordedCall<>();
        private final RecordedCall<ClassifyResponse> answered = new RecordedCall<>();

        StreamCall stream(Kind kind) throws CallRefusedException {
            StreamCall stream = new StreamCall("s1", service, calls, streamed);
            calls.enter(stream, CALLER);
            stream.start();
            if (kind == Kind.STREAM_WITH_A_MESSAGE_THAT_WAITS) {
                streamed.stopReading();
            }
            stream.onNext(ClassifyStreamRequest.newBuilder()
                    .setOpen(StreamOpen.getDefaultInstance())
                    .build());
            if (kind == Kind.STREAM_WITH_A_FRAME) {
                stream.onNext(ClassifyStreamRequest.newBuilder().setFrame(FRAME).build());
            }
            return stream;
        }

        UnaryCall single() throws Exception {
            UnaryCall call = new UnaryCall(service, calls, answered);
            ClassifyRequest request =
                    ClassifyRequest.newBuilder().setFrame(FRAME).build();
            return CALLER.in(Context.ROOT).call(() -> {
                call.start(request);
                return call;
            });
        }
    }
}
