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
 * Tests that a call ends for its client even if there is no memory: first none at all, then a little, and then twice as
 * much each time. Runs in a process of its own.
 */
class EndWithoutMemoryTest {

    private static final int[] BYTES = {32, 64, 128, 256, 512, 1024, 2048};
    private static final int MORE_THAN_LEFT = 4096;

    /**
     * The number of tries for each amount. Several are needed, because another thread of the process may free memory
     * that helps the end along.
     */
    private static final int TRIES = 5;

    private static final String SAID = "starved and ended";

    /** The kind of call that has to end. */
    enum Kind {
        STREAM_WITH_A_FRAME,
        STREAM_WITH_A_MESSAGE_THAT_WAITS,
        SINGLE_FRAME
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void cutOffCallEndsForItsClientWithoutFreeHeap(Kind kind) throws Exception {
        StarvedProcess.of(Starving.class, kind.name()).assertSaid(SAID);
    }

    /** The program whose memory is taken away. */
    static final class Starving {

        private static final Hoard HOARD = new Hoard();

        private Starving() {}

        public static void main(String[] arguments) throws Exception {
            Kind kind = Kind.valueOf(arguments[0]);
            // Ends one call with memory taken and given back before, so that all classes are loaded and memory that
            // others free on demand is free.
            end(kind, Starving::takeAllAndGiveItBack);
            if (!starve(kind, 0)) {
                throw new AssertionError("there was memory all the time");
            }
            for (int bytes : BYTES) {
                starve(kind, bytes);
            }
            System.out.print(SAID);
        }

        /**
         * Ends calls with this much memory. Returns whether, in at least one try, memory was still short when the call
         * had ended.
         */
        private static boolean starve(Kind kind, int bytes) throws Exception {
            boolean starved = false;
            for (int tries = 0; tries < TRIES; tries++) {
                starved |= end(kind, () -> HOARD.takeAllBut(bytes));
            }
            return starved;
        }

        private static void takeAllAndGiveItBack() {
            HOARD.takeAllBut(0);
            HOARD.giveBack();
        }

        /** Ends a call after this action. Returns whether memory was still short when the call had ended. */
        private static boolean end(Kind kind, Runnable before) throws Exception {
            boolean starved;
            World world = new World();
            OpenCall call = kind == Kind.SINGLE_FRAME ? world.single() : world.stream(kind);
            before.run();
            try {
                call.cutOff();
            } catch (OutOfMemoryError e) {
                // Something could not be counted or logged, but the client must be told all the same.
            } finally {
                starved = HOARD.isShortOf(MORE_THAN_LEFT);
                HOARD.giveBack();
            }
            if (world.streamed.end() != Status.Code.UNAVAILABLE && world.answered.end() != Status.Code.UNAVAILABLE) {
                throw new AssertionError("the call has not ended");
            }
            if (world.calls.count() != 0) {
                throw new AssertionError("the call keeps its place");
            }
            return starved;
        }
    }

    /** A server without workers, so that frames wait. */
    private static final class World {

        private final ManualClock clock = new ManualClock();
        private final Models models = ModelSlots.models(clock, ModelSlots.loading());
        private final CallServices services = CallFixtures.services(
                models,
                new FrameMetrics(new SimpleMeterRegistry()),
                clock,
                (time, action) -> new CompletableFuture<>());
        private final OpenCalls calls = CallFixtures.calls();
        private final RecordedCall<ClassifyStreamResponse> streamed = new RecordedCall<>();
        private final RecordedCall<ClassifyResponse> answered = new RecordedCall<>();

        StreamCall stream(Kind kind) throws CallRefusedException {
            StreamCall stream = new StreamCall("s1", services, calls, streamed);
            calls.enter(stream, CallFixtures.CALLER);
            stream.start();
            if (kind == Kind.STREAM_WITH_A_MESSAGE_THAT_WAITS) {
                streamed.stopReading();
            }
            stream.onNext(ClassifyStreamRequest.newBuilder()
                    .setOpen(StreamOpen.getDefaultInstance())
                    .build());
            if (kind == Kind.STREAM_WITH_A_FRAME) {
                stream.onNext(ClassifyStreamRequest.newBuilder()
                        .setFrame(CallFixtures.FRAME)
                        .build());
            }
            return stream;
        }

        UnaryCall single() throws Exception {
            UnaryCall call = new UnaryCall(services, calls, answered);
            ClassifyRequest request =
                    ClassifyRequest.newBuilder().setFrame(CallFixtures.FRAME).build();
            return CallFixtures.CALLER.in(Context.ROOT).call(() -> {
                call.start(request);
                return call;
            });
        }
    }
}
