package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Tests the verdict that a stream reports between its answers. */
@Timeout(30)
class CurrentVerdictTest {
    private static final Duration MAX_AGE = Duration.ofMillis(200);
    private static final long NEVER_ANSWERED = 99;
    private static final long SUPERSEDED = 98;
    private static final StreamOptions OPTIONS =
            StreamOptions.of("tower-1", FrameFormat.jpeg()).build();

    private final ManualClock clock = new ManualClock();

    @Test
    void verdictIsOutOfBodyBeforeTheFirstAnswer() {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {});
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
            stream.send(frame(1));
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void verdictIsInBodyUntilTheNewestAnsweredFrameIsTooOld() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();

            clock.advance(MAX_AGE);
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);
            clock.advance(Duration.ofNanos(1));
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);

            stream.send(frame(3));
            stream.next();
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);
        }
    }

    @Test
    void theAgeCountsFromTheSendingOfTheFrame() {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {
                    clock.advance(MAX_AGE.plusNanos(1));
                    answers.onNext(Replies.inBody(id));
                });
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));

            assertThat(stream.next().orElseThrow().inBody()).isTrue();
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void theAgeCountsFromTheCallOfASenderThatHadToWaitForACredit() throws InterruptedException {
        assertAgeCountsFromTheCall(FrameStream::send);
        assertAgeCountsFromTheCall((stream, frame) -> stream.offer(frame, Duration.ofSeconds(20)));
    }

    private void assertAgeCountsFromTheCall(BiConsumer<FrameStream, Frame> send) throws InterruptedException {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            Thread sender = new Thread(() -> send.accept(stream, frame(2)));
            sender.start();
            awaitWaiting(sender);
            clock.advance(MAX_AGE.plusNanos(1));

            stream.next();
            FrameAnswer waited = stream.next().orElseThrow();

            assertThat(waited.inBody()).isTrue();
            assertThat(waited.roundTrip()).isEqualTo(MAX_AGE.plusNanos(1));
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
            sender.join();
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    @Test
    void verdictFollowsTheNewestAnswerNotTheNewestInBody() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.send(frame(2));
            stream.next();
            stream.next();

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void supersededFrameKeepsTheVerdictAndItsAge() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();
            clock.advance(MAX_AGE);
            stream.send(frame(SUPERSEDED));
            assertThat(stream.next().orElseThrow().outcome()).isEqualTo(Outcome.SUPERSEDED);

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);
            clock.advance(Duration.ofNanos(1));
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void supersededFrameDoesNotRestoreAnInBodyVerdict() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();
            stream.send(frame(2));
            stream.next();
            stream.send(frame(SUPERSEDED));
            stream.next();

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void verdictIsOutOfBodyAfterTheEndDespiteAnUnreadAnswer() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.finish();
            stream.awaitEnd(Duration.ofSeconds(20));

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
            assertThat(stream.next().orElseThrow().inBody()).isTrue();
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void verdictIsOutOfBodyAfterCloseWithUnansweredFrames() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();
            stream.send(frame(NEVER_ANSWERED));
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);

            stream.close();

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void verdictIsOutOfBodyForANegativeMaxAge() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();

            assertThat(stream.currentVerdict(Duration.ofNanos(-1))).isEqualTo(Verdict.OUT_OF_BODY);
            assertThat(stream.currentVerdict(Duration.ofSeconds(Long.MAX_VALUE)))
                    .isEqualTo(Verdict.IN_BODY);
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void verdictIsOutOfBodyForANullMaxAge() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            assertThat(stream.currentVerdict(null)).isEqualTo(Verdict.OUT_OF_BODY);
            stream.send(frame(1));
            stream.next();

            assertThat(stream.currentVerdict(null)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void verdictIsOutOfBodyAfterTheMachineWasSuspended() {
        AtomicLong steady = new AtomicLong();
        try (var server = answering();
                var client = ScopegateClient.to("fake:1")
                        .clock(clock)
                        .nanoTime(steady::get)
                        .scheduler(ManualScheduler::new)
                        .build(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);

            clock.advance(Duration.ofHours(1));

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void verdictIsOutOfBodyIfTheMachineSleptBeforeTheAnswer() {
        AtomicLong steady = new AtomicLong();
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {
                    clock.advance(Duration.ofHours(1));
                    answers.onNext(Replies.inBody(id));
                });
                var client = ScopegateClient.to("fake:1")
                        .clock(clock)
                        .nanoTime(steady::get)
                        .scheduler(ManualScheduler::new)
                        .build(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));

            assertThat(stream.next().orElseThrow().inBody()).isTrue();
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    @Test
    void aClockThatThrowsIsOutOfBodyAndNoException() {
        try (var server = answering();
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();

            clock.failAfter(0);
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.OUT_OF_BODY);
            clock.mend();
            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);
        }
    }

    @Test
    void verdictIsOutOfBodyForAFrameSentWithoutAClockTime() {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {
                    clock.mend();
                    answers.onNext(Replies.inBody(id));
                });
                var client = client(server.transport());
                var stream = client.open(OPTIONS)) {
            clock.failAfter(0);
            stream.send(frame(1));

            assertThat(stream.next().orElseThrow().inBody()).isTrue();
            assertThat(stream.currentVerdict(Duration.ofSeconds(Long.MAX_VALUE)))
                    .isEqualTo(Verdict.OUT_OF_BODY);
        }
    }

    // In a separate thread, because a thread that waits for a lock cannot be interrupted.
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    @Test
    void verdictIsReadWithoutWaitingForABlockedSender() throws InterruptedException {
        var stuck = new StuckTransport();
        try (var server = answering();
                var client = client(server.transport().intercept(stuck));
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.next();
            stuck.sticks = true;
            Thread sender = new Thread(() -> stream.send(frame(3)));
            sender.start();
            stuck.reached.take();

            assertThat(stream.currentVerdict(MAX_AGE)).isEqualTo(Verdict.IN_BODY);

            stuck.released.countDown();
            sender.join();
        }
    }

    /** Returns a server that answers odd frames in body and fails even ones, except for the two special frames. */
    private static FakeClassifier answering() {
        return FakeClassifier.accepting(3, (id, answers) -> {
            if (id == SUPERSEDED) {
                answers.onNext(unjudged(id, io.scopegate.proto.v1.Outcome.OUTCOME_SUPERSEDED));
            } else if (id != NEVER_ANSWERED) {
                answers.onNext(
                        id % 2 == 1 ? Replies.inBody(id) : unjudged(id, io.scopegate.proto.v1.Outcome.OUTCOME_FAILED));
            }
        });
    }

    private static ClassifyStreamResponse unjudged(long id, io.scopegate.proto.v1.Outcome outcome) {
        return Replies.answer(
                io.scopegate.proto.v1.FrameAnswer.newBuilder().setFrameId(id).setOutcome(outcome));
    }

    private ScopegateClient client(ManagedChannelBuilder<?> transport) {
        return ScopegateClient.to("fake:1")
                .clock(clock)
                .nanoTime(clock::nanos)
                .scheduler(ManualScheduler::new)
                .build(transport);
    }

    private static Frame frame(long id) {
        return Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[] {1, 2, 3});
    }

    /** A transport that does not return from writing until the test says so. */
    private static final class StuckTransport implements ClientInterceptor {
        final BlockingQueue<Boolean> reached = new LinkedBlockingQueue<>();
        final CountDownLatch released = new CountDownLatch(1);
        volatile boolean sticks;

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void sendMessage(Q message) {
                    if (sticks) {
                        reached.add(true);
                        awaitRelease();
                    }
                    super.sendMessage(message);
                }
            };
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
