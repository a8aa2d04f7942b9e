package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.testing.Hoard;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.RecordedCall;
import io.scopegate.server.testing.StarvedProcess;
import java.util.concurrent.CompletableFuture;
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
    void aCallEndsForItsClientAllTheSame(Kind kind) throws Exception {
        StarvedProcess.of(Starving.class, kind.name()).assertSaid(SAID);
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

        private final ManualClock clock = new ManualClock();
        private final Models models = ModelSlots.models(clock, ModelSlots.loading());
        private final CallServices services = FewCalls.services(
                models,
                new FrameMetrics(new SimpleMeterRegistry()),
                clock,
                (time, action) -> new CompletableFuture<>());
        private final OpenCalls calls = FewCalls.calls();
        private final RecordedCall<ClassifyStreamResponse> streamed = new RecordedCall<>();
        private final RecordedCall<ClassifyResponse> answered = new RecordedCall<>();

        StreamCall stream(Kind kind) throws CallRefusedException {
            StreamCall stream = new StreamCall("s1", services, calls, streamed);
            calls.enter(stream, FewCalls.CALLER);
            stream.start();
            if (kind == Kind.STREAM_WITH_A_MESSAGE_THAT_WAITS) {
                streamed.stopReading();
            }
            stream.onNext(ClassifyStreamRequest.newBuilder()
                    .setOpen(StreamOpen.getDefaultInstance())
                    .build());
            if (kind == Kind.STREAM_WITH_A_FRAME) {
                stream.onNext(ClassifyStreamRequest.newBuilder()
                        .setFrame(FewCalls.FRAME)
                        .build());
            }
            return stream;
        }

        UnaryCall single() throws Exception {
            UnaryCall call = new UnaryCall(services, calls, answered);
            ClassifyRequest request =
                    ClassifyRequest.newBuilder().setFrame(FewCalls.FRAME).build();
            return FewCalls.CALLER.in(Context.ROOT).call(() -> {
                call.start(request);
                return call;
            });
        }
    }
}
