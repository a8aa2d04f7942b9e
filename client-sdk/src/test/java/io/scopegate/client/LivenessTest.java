package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import io.scopegate.proto.v1.StreamAccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests clock probes from end to end, and that a stream ends if the server no longer replies. */
@Timeout(30)
class LivenessTest {
    private static final StreamOptions OPTIONS =
            StreamOptions.of("tower-1", FrameFormat.jpeg()).build();
    private static final Duration SERVER_AHEAD = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler();

    @Test
    void theOffsetIsMeasuredWhileOpeningAndToldToTheServerAtOnce() throws InterruptedException {
        try (var server = replying();
                var client = client(server);
                var stream = client.open(OPTIONS)) {
            assertThat(server.take().getOpen().getClockProbe().hasClientSendTime())
                    .isTrue();
            ClockProbe completed = server.take().getClockProbe();

            assertThat(completed.getCompleted().hasClientReceiveTime()).isTrue();
            ClockOffset offset = stream.clockOffset().orElseThrow();
            assertThat(offset.offset()).isEqualTo(SERVER_AHEAD);
            assertThat(offset.uncertainty()).isEqualTo(Duration.ofMillis(20));
        }
    }

    @Test
    void theOffsetIsMeasuredAgainAfterTenSeconds() throws InterruptedException {
        try (var server = replying();
                var client = client(server);
                var stream = client.open(OPTIONS)) {
            takeOpening(server);

            clock.advance(Duration.ofSeconds(10));
            scheduler.tick();

            assertThat(server.take().getClockProbe().hasClientSendTime()).isTrue();
            assertThat(server.take().getClockProbe().hasCompleted()).isTrue();
            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void streamStaysOpenWhileTheServerReplies() throws InterruptedException {
        try (var server = replying();
                var client = client(server);
                var stream = client.open(OPTIONS)) {
            takeOpening(server);
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofSeconds(5));
                scheduler.tick();
                server.take();
                server.take();
                clock.advance(Duration.ofSeconds(2));
                scheduler.tick();
            }

            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void silentServerIsProbedAndThenReportedAsLost() throws InterruptedException {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {});
                var client = client(server);
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            server.take();
            server.take();

            clock.advance(Duration.ofMillis(4_999));
            scheduler.tick();
            assertThat(server.received).isEmpty();
            clock.advance(Duration.ofMillis(1));
            scheduler.tick();
            assertThat(server.take().getClockProbe().hasClientSendTime()).isTrue();
            clock.advance(Duration.ofSeconds(2));
            scheduler.tick();

            FrameAnswer answer = stream.next().orElseThrow();
            assertThat(answer.outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(answer.reason()).isEqualTo(Reason.LINK_LOST);
            assertThat(answer.roundTrip()).isEqualTo(Duration.ofSeconds(7));
            assertThat(scheduler.tasks).isEmpty();
        }
    }

    @Test
    void probeTimeoutStartsOnceThePrecedingFrameIsSent() throws InterruptedException {
        var slow = new SlowTransport();
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {});
                var client = client(server.transport().intercept(slow));
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            slow.sending = true;
            probeAfterSilence();

            advance(Duration.ofSeconds(29));
            assertThat(stream.end()).isEmpty();
            slow.sending = false;
            advance(Duration.ofMillis(500));
            slow.sending = true;
            advance(Duration.ofMillis(1_999));
            assertThat(stream.end()).isEmpty();
            advance(Duration.ofMillis(1));

            assertThat(stream.next().orElseThrow().reason()).isEqualTo(Reason.LINK_LOST);
        }
    }

    @Test
    void linkIsLostIfTheProbeStaysUnsent() throws InterruptedException {
        var slow = new SlowTransport();
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {});
                var client = client(server.transport().intercept(slow));
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            slow.sending = true;
            probeAfterSilence();

            advance(Duration.ofMillis(31_999));
            assertThat(stream.end()).isEmpty();
            advance(Duration.ofMillis(1));

            assertThat(stream.next().orElseThrow().reason()).isEqualTo(Reason.LINK_LOST);
        }
    }

    @Test
    void linkIsLostIfTheServerIsSilentAfterTheLastFrame() throws InterruptedException {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {}).leavingStreamsOpen();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            stream.finish();
            server.take();
            server.take();
            probeAfterSilence();

            advance(Duration.ofMillis(31_999));
            assertThat(stream.end()).isEmpty();
            advance(Duration.ofMillis(1));

            assertThat(stream.next().orElseThrow().reason()).isEqualTo(Reason.LINK_LOST);
            assertThat(stream.next()).isEmpty();
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void streamEndsIfTheServerDoesNotEndItAfterTheLastAnswer() throws InterruptedException {
        try (var server = FakeClassifier.answeringAtOnce(1).leavingStreamsOpen();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            assertThat(stream.next()).isPresent();
            stream.finish();
            probeAfterSilence();
            advance(Duration.ofSeconds(32));

            assertThat(stream.next()).isEmpty();
            assertThat(stream.end().orElseThrow().status().code()).isEqualTo("UNAVAILABLE");
        }
    }

    @Test
    void answersAfterTheLastFrameAreSignsOfLife() throws InterruptedException {
        BlockingQueue<StreamObserver<ClassifyStreamResponse>> streams = new LinkedBlockingQueue<>();
        try (var server = FakeClassifier.accepting(2, (id, answers) -> streams.add(answers))
                        .leavingStreamsOpen();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            stream.send(Frame.encoded(2, clock.instant(), new byte[] {1}));
            stream.finish();
            probeAfterSilence();
            advance(Duration.ofSeconds(20));
            streams.take().onNext(Replies.inBody(1));
            assertThat(stream.next()).isPresent();
            probeAfterSilence();
            advance(Duration.ofMillis(31_999));

            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void streamEndsWithTheCauseIfTheClockThrowsDuringAProbe() throws InterruptedException {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {});
                var client = client(server);
                var stream = client.open(OPTIONS)) {
            stream.send(Frame.encoded(1, clock.instant(), new byte[] {1}));
            clock.failAfter(0);
            probeAfterSilence();

            FrameAnswer answer = stream.next().orElseThrow();
            assertThat(answer.outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(answer.status().orElseThrow().message()).contains("the clock is gone");
            assertThat(scheduler.tasks).isEmpty();
        }
    }

    private void probeAfterSilence() {
        advance(Duration.ofSeconds(5));
    }

    private void advance(Duration duration) {
        clock.advance(duration);
        scheduler.tick();
    }

    /** Takes the opening message and those of the first four exchanges. */
    private static void takeOpening(FakeClassifier server) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            server.take();
        }
    }

    private ScopegateClient client(FakeClassifier server) {
        return client(server.transport());
    }

    private ScopegateClient client(ManagedChannelBuilder<?> transport) {
        return ScopegateClient.to("fake:1")
                .clock(clock)
                .nanoTime(clock::nanos)
                .scheduler(() -> scheduler)
                .build(transport);
    }

    /** Returns a server to which each way takes 20 ms and which takes 2 ms to reply, by the test's clock. */
    private FakeClassifier replying() {
        return new FakeClassifier((message, client) -> {
            if (message.hasOpen()) {
                client.onNext(Replies.accepted(StreamAccepted.newBuilder()
                        .setCredits(1)
                        .setClockReply(reply(message.getOpen().getClockProbe()))));
            } else if (message.getClockProbe().hasClientSendTime()) {
                client.onNext(ClassifyStreamResponse.newBuilder()
                        .setClockReply(reply(message.getClockProbe()))
                        .build());
            }
        });
    }

    private ClockReply reply(ClockProbe probe) {
        clock.advance(Duration.ofMillis(20));
        Instant received = clock.instant().plus(SERVER_AHEAD);
        clock.advance(Duration.ofMillis(2));
        Instant sent = clock.instant().plus(SERVER_AHEAD);
        clock.advance(Duration.ofMillis(20));
        return ClockReply.newBuilder()
                .setClientSendTime(probe.getClientSendTime())
                .setServerReceiveTime(ProtoTime.timestamp(received))
                .setServerSendTime(ProtoTime.timestamp(sent))
                .build();
    }

    /** A transport that, while the test says so, reports that it is still sending. */
    private static final class SlowTransport implements ClientInterceptor {
        volatile boolean sending;

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public boolean isReady() {
                    return !sending && super.isReady();
                }
            };
        }
    }
}
