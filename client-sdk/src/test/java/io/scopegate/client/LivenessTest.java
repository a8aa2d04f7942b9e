package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import io.scopegate.proto.v1.StreamAccepted;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clock probes from end to end, and what becomes of a server that no longer replies. */
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
    void aServerThatRepliesIsNotGivenUp() throws InterruptedException {
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
    void aSilentServerIsAskedAndThenGivenUp() throws InterruptedException {
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

    /** The opening message and the first four exchanges. */
    private static void takeOpening(FakeClassifier server) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            server.take();
        }
    }

    private ScopegateClient client(FakeClassifier server) {
        return ScopegateClient.to("fake:1")
                .clock(clock)
                .nanoTime(clock::nanos)
                .scheduler(() -> scheduler)
                .build(server.transport());
    }

    /** Each way takes 20 ms and the reply 2 ms, by the test's clock. */
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
}
