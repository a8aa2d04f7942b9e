package io.scopegate.cli.bench.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.proto.v1.ClassifierGrpc.ClassifierImplBase;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the load against an echo whose answers, and a clock whose time, the test decides. */
@Timeout(60)
class EchoLoadTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final LoadPlan PLAN = new LoadPlan(1, 0, Duration.ZERO, SECOND, DeliveryPolicy.BLOCK);

    private final AtomicLong clock = new AtomicLong();
    private final AtomicReference<Thread> device = new AtomicReference<>();
    private Server server;

    private volatile BiConsumer<Long, StreamObserver<ClassifyStreamResponse>> onFrame = (frame, responses) -> {};
    private volatile Consumer<StreamObserver<ClassifyStreamResponse>> onEnd = StreamObserver::onCompleted;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(
                        new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
                .addService(new Answering(
                        (frame, responses) -> onFrame.accept(frame, responses), responses -> onEnd.accept(responses)))
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    @Test
    void aFramesTimeBeginsBeforeItsWaitForACredit() throws Exception {
        EchoLoad.Result result = measure(PLAN, 1);

        assertThat(result.roundTrips().count()).isEqualTo(2);
        assertThat(result.roundTrips().milliseconds(50)).isEqualTo(1000);
        assertThat(result.roundTrips().milliseconds(100)).isEqualTo(1000);
    }

    @Test
    void roundTripTimeExcludesTheWaitForTheUnansweredLimit() throws Exception {
        EchoLoad.Result result = measure(PLAN.withUnanswered(1), 4);

        assertThat(result.roundTrips().count()).isEqualTo(2);
        assertThat(result.roundTrips().milliseconds(50)).isZero();
        assertThat(result.roundTrips().milliseconds(100)).isEqualTo(1000);
    }

    @Test
    void loadFailsIfTheEchoFailsBeforeAnswering() {
        onFrame = (frame, responses) -> responses.onError(
                Status.RESOURCE_EXHAUSTED.withDescription("for a test").asRuntimeException());

        assertThatThrownBy(() -> load(PLAN, 1))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("the echo failed: RESOURCE_EXHAUSTED: for a test");
    }

    @Test
    void loadFailsIfTheEchoFailsAfterTheLastAnswer() {
        onFrame = (frame, responses) -> {
            clock.addAndGet(SECOND.toNanos());
            responses.onNext(EchoAnswer.of(frame, Timestamp.getDefaultInstance()));
        };
        onEnd = responses -> responses.onError(
                Status.UNAVAILABLE.withDescription("for a test").asRuntimeException());

        assertThatThrownBy(() -> load(PLAN, 1)).cause().hasMessage("the echo failed: UNAVAILABLE: for a test");
    }

    /** Runs the load with a clock that advances by one second once the device waits to send, and not otherwise. */
    private EchoLoad.Result measure(LoadPlan plan, int credits) throws Exception {
        onFrame = (frame, responses) -> {
            if (frame == 0) {
                while (!waitsToSend()) {
                    Thread.onSpinWait();
                }
                clock.addAndGet(SECOND.toNanos());
            }
            responses.onNext(EchoAnswer.of(frame, Timestamp.getDefaultInstance()));
        };
        return load(plan, credits);
    }

    private boolean waitsToSend() {
        return device.get().getState() == Thread.State.WAITING
                && Arrays.stream(device.get().getStackTrace())
                        .anyMatch(call -> call.getClassName().equals(Semaphore.class.getName()));
    }

    private EchoLoad.Result load(LoadPlan plan, int credits) throws Exception {
        SentPictures pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse("64x64"));
        FutureTask<EchoLoad.Result> load =
                new FutureTask<>(new EchoLoad("127.0.0.1:" + server.getPort(), plan, pictures, credits, clock::get));
        device.set(Thread.ofPlatform().daemon().unstarted(load));
        device.get().start();
        return load.get();
    }

    private static final class Answering extends ClassifierImplBase {

        private final BiConsumer<Long, StreamObserver<ClassifyStreamResponse>> onFrame;
        private final Consumer<StreamObserver<ClassifyStreamResponse>> onEnd;

        Answering(
                BiConsumer<Long, StreamObserver<ClassifyStreamResponse>> onFrame,
                Consumer<StreamObserver<ClassifyStreamResponse>> onEnd) {
            this.onFrame = onFrame;
            this.onEnd = onEnd;
        }

        @Override
        public StreamObserver<ClassifyStreamRequest> classifyStream(StreamObserver<ClassifyStreamResponse> responses) {
            return new StreamObserver<>() {
                @Override
                public void onNext(ClassifyStreamRequest request) {
                    onFrame.accept(request.getFrame().getFrameId(), responses);
                }

                @Override
                public void onError(Throwable fault) {
                    // The stream is over.
                }

                @Override
                public void onCompleted() {
                    onEnd.accept(responses);
                }
            };
        }
    }
}
