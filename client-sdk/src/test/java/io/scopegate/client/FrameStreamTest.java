package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Timestamp;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Credit;
import io.scopegate.proto.v1.StreamAccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FrameStreamTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final StreamOptions OPTIONS =
            StreamOptions.of("tower-1", FrameFormat.jpeg()).build();

    @Test
    void callbacksComeInOrderOnOneThread() {
        List<Long> ids = new CopyOnWriteArrayList<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> {
                    ids.add(answer.frameId());
                    threads.add(Thread.currentThread());
                })
                .build();

        try (var server = FakeClassifier.answeringAtOnce(3);
                var client = server.client();
                var stream = client.open(options)) {
            for (long id = 1; id <= 100; id++) {
                stream.send(frame(id));
            }
            stream.finish();
            StreamEnd end = stream.awaitEnd(LONG);

            assertThat(end.ok()).isTrue();
            assertThat(ids).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void answersAreReadInOrderUntilTheStreamEnds() {
        List<Long> ids = new ArrayList<>();

        try (var server = FakeClassifier.answeringAtOnce(10);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            for (long id = 1; id <= 10; id++) {
                stream.send(frame(id));
            }
            stream.finish();
            for (FrameAnswer answer : stream.answers()) {
                assertThat(answer.inBody()).isTrue();
                ids.add(answer.frameId());
            }

            assertThat(ids).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void offerSaysNoWhenAllCreditsAreInUse() {
        try (var server = FakeClassifier.accepting(2, (id, answers) -> {});
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            assertThat(stream.offer(frame(1))).isTrue();
            assertThat(stream.offer(frame(2))).isTrue();
            assertThat(stream.offer(frame(3))).isFalse();
        }
    }

    @Test
    void offerWaitsForACreditAsLongAsItIsTold() {
        try (var server = FakeClassifier.accepting(1, (id, answers) -> {});
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            assertThat(stream.offer(frame(1), LONG)).isTrue();
            long start = System.nanoTime();

            assertThat(stream.offer(frame(2), Duration.ofMillis(20))).isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
            assertThat(server.received).noneMatch(message -> message.getFrame().getFrameId() == 2);
        }
    }

    @Test
    void anOfferThatWaitsTakesTheCreditThatComesFree() throws InterruptedException {
        BlockingQueue<Boolean> sent = new LinkedBlockingQueue<>();
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            Thread sender = new Thread(() -> sent.add(stream.offer(frame(2), LONG)));
            sender.start();
            while (sender.isAlive() && sender.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(sent).isEmpty();

            assertThat(stream.next().orElseThrow().frameId()).isEqualTo(1);

            assertThat(sent.poll(20, TimeUnit.SECONDS)).isTrue();
            assertThat(stream.next().orElseThrow().frameId()).isEqualTo(2);
        }
    }

    /** The longest possible duration is accepted as a limit. */
    @Test
    void longestDurationIsAcceptedAsATimeout() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

            assertThat(stream.offer(frame(1), forEver)).isTrue();
            assertThat(stream.next(forEver).orElseThrow().frameId()).isEqualTo(1);
            stream.finish();
            assertThat(stream.awaitEnd(forEver).status().code()).isEqualTo("OK");
        }
    }

    @Test
    void anAnswerThatIsNotThereInTimeTimesOutAndTheStreamGoesOn() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            assertThatExceptionOfType(ScopegateException.TimedOut.class)
                    .isThrownBy(() -> stream.next(Duration.ofMillis(20)))
                    .withMessage("no answer within PT0.02S");

            stream.send(frame(1));
            stream.finish();

            assertThat(stream.next(LONG).orElseThrow().frameId()).isEqualTo(1);
            assertThat(stream.next(LONG)).isEmpty();
        }
    }

    @Test
    void aCreditIsFreeAgainOnlyWhenTheAnswerHasBeenRead() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            awaitUnreadAnswer(stream);
            assertThat(stream.offer(frame(2))).isFalse();

            assertThat(stream.next().orElseThrow().frameId()).isEqualTo(1);

            assertThat(stream.offer(frame(2))).isTrue();
        }
    }

    /** Waits until an unread answer says that a frame is in body. */
    private static void awaitUnreadAnswer(FrameStream stream) {
        while (stream.currentVerdict(LONG) != Verdict.IN_BODY) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aCreditMessageChangesTheNumber() {
        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    client.onNext(ClassifyStreamResponse.newBuilder()
                            .setCredit(Credit.newBuilder().setCredits(3))
                            .build());
                    client.onNext(Replies.inBody(id));
                });
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            assertThat(stream.next()).isPresent();

            assertThat(stream.credits()).isEqualTo(3);
        }
    }

    @Test
    void framesUnansweredWhenTheServerAbortsAreAbandonedOutOfBody() {
        try (var server = FakeClassifier.accepting(3, (id, client) -> {
                    if (id == 1) {
                        client.onNext(Replies.inBody(1));
                    }
                    if (id == 3) {
                        client.onError(
                                Status.INTERNAL.withDescription("disk on fire").asException());
                    }
                });
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.send(frame(2));
            stream.send(frame(3));
            List<FrameAnswer> answers = new ArrayList<>();
            stream.answers().forEach(answers::add);

            assertThat(answers).extracting(FrameAnswer::frameId).containsExactly(1L, 2L, 3L);
            assertThat(answers.subList(1, 3)).allSatisfy(answer -> {
                assertThat(answer.outcome()).isEqualTo(Outcome.ABANDONED);
                assertThat(answer.inBody()).isFalse();
                assertThat(answer.reason()).isEqualTo(Reason.STREAM_ENDED);
                assertThat(answer.status()).hasValue(AnswerStatus.of("INTERNAL", "disk on fire"));
            });
            assertThat(stream.end().orElseThrow().abandoned()).isEqualTo(2);
        }
    }

    @Test
    void aLostLinkIsTheReasonWhenTheServerIsGone() {
        try (var server =
                        FakeClassifier.accepting(1, (id, client) -> client.onError(Status.UNAVAILABLE.asException()));
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));

            assertThat(stream.next().orElseThrow().reason()).isEqualTo(Reason.LINK_LOST);
            assertThatExceptionOfType(ScopegateException.StreamEnded.class).isThrownBy(() -> stream.send(frame(2)));
        }
    }

    @Test
    void closeAbandonsWhatIsUnanswered() {
        List<FrameAnswer> answers = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answers::add)
                .build();

        try (var server = FakeClassifier.accepting(2, (id, client) -> {});
                var client = server.client()) {
            try (var stream = client.open(options)) {
                stream.send(frame(1));
                stream.send(frame(2));
            }

            assertThat(answers).extracting(FrameAnswer::frameId).containsExactly(1L, 2L);
            assertThat(answers).extracting(FrameAnswer::outcome).containsOnly(Outcome.ABANDONED);
            assertThat(answers).extracting(FrameAnswer::reason).containsOnly(Reason.STREAM_ENDED);
        }
    }

    @Test
    void anAnswerOutOfOrderEndsTheStreamFailSafe() {
        try (var server = FakeClassifier.accepting(2, (id, client) -> {
                    if (id == 2) {
                        client.onNext(Replies.inBody(2));
                    }
                });
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.send(frame(2));
            List<FrameAnswer> answers = new ArrayList<>();
            stream.answers().forEach(answers::add);

            assertThat(answers).extracting(FrameAnswer::frameId).containsExactly(1L, 2L);
            assertThat(answers).extracting(FrameAnswer::verdict).containsOnly(Verdict.OUT_OF_BODY);
            assertThat(stream.end().orElseThrow().status().message())
                    .contains("answer to frame 2 while frame 1 is the next to be answered");
        }
    }

    @Test
    void aRefusedStreamIsAnExceptionWithTheServersText() {
        try (var server = new FakeClassifier((message, client) -> client.onError(Status.INVALID_ARGUMENT
                        .withDescription("open.in_body_threshold: 0 to 1, not 2.0")
                        .asException()));
                var client = server.client()) {
            assertThatThrownBy(() -> client.open(OPTIONS))
                    .isInstanceOf(ScopegateException.Refused.class)
                    .hasMessageContaining("INVALID_ARGUMENT: open.in_body_threshold: 0 to 1, not 2.0");
        }
    }

    @Test
    void streamEndsDespiteInvalidStatusDetails() {
        byte[] ofAnotherStatus = com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.INTERNAL.value())
                .build()
                .toByteArray();

        assertEndsWithDetails(ofAnotherStatus);
        assertEndsWithDetails(new byte[] {1, 2, 3});
    }

    private static void assertEndsWithDetails(byte[] details) {
        Metadata trailers = new Metadata();
        trailers.put(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), details);
        var fault = Status.UNAVAILABLE.withDescription("the proxy is full").asException(trailers);

        try (var server = FakeClassifier.accepting(2, (id, client) -> {
                    if (id == 2) {
                        client.onError(fault);
                    }
                });
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.send(frame(2));
            stream.finish();
            List<FrameAnswer> answers = new ArrayList<>();
            stream.answers().forEach(answers::add);

            assertThat(answers).extracting(FrameAnswer::outcome).containsExactly(Outcome.ABANDONED, Outcome.ABANDONED);
            assertThat(stream.end().orElseThrow().status())
                    .isEqualTo(AnswerStatus.of(Status.Code.UNAVAILABLE.name(), "the proxy is full"));
        }
    }

    @Test
    void framesLeftUnansweredByAServerThatEndsWithOkAreAbandoned() {
        try (var server = FakeClassifier.accepting(2, (id, client) -> {});
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.finish();

            assertThat(stream.next().orElseThrow().outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(stream.awaitEnd(LONG).ok()).isFalse();
        }
    }

    @Test
    void aSecondAnswerToAFrameEndsTheStream() {
        assertBreach(
                (id, client) -> {
                    client.onNext(Replies.inBody(id));
                    client.onNext(Replies.inBody(id));
                },
                "answer to frame 1 while no frame is unanswered");
    }

    @Test
    void anAnswerToAnUnknownFrameEndsTheStream() {
        assertBreach(
                (id, client) -> client.onNext(Replies.inBody(-1)),
                "answer to frame 18446744073709551615 while frame 1 is the next to be answered");
    }

    @Test
    void aSecondAcceptanceEndsTheStream() {
        assertBreach((id, client) -> client.onNext(Replies.accepted(1)), "the stream was accepted twice");
    }

    @Test
    void anUnreadableAnswerIsABreachAndItsFrameIsAbandoned() {
        var impossible = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE);
        assertBreach(
                (id, client) -> client.onNext(Replies.answer(io.scopegate.proto.v1.FrameAnswer.newBuilder()
                        .setFrameId(id)
                        .setTimings(io.scopegate.proto.v1.Timings.newBuilder().setReceivedAt(impossible)))),
                "protocol violation by the server");
    }

    @Test
    void aClockThatThrowsAmidAnAnswerLosesNoFrame() {
        var clock = new ManualClock();
        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    clock.failAfter(1);
                    client.onNext(Replies.inBody(id));
                });
                var client = ScopegateClient.to("fake:1").clock(clock).build(server.transport());
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));

            assertThat(stream.next().orElseThrow().frameId()).isEqualTo(1);
            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void eventsComeInOrderWithTheAnswers() {
        List<String> seen = new ArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .listener(new StreamListener() {
                    @Override
                    public void onModelChanged(ServedModel model) {
                        seen.add("model " + model.inBodyThreshold());
                    }

                    @Override
                    public void onDraining(Duration timeLeft) {
                        seen.add("draining " + timeLeft);
                    }

                    @Override
                    public void onEnd(StreamEnd end) {
                        seen.add("end " + end.status());
                    }
                })
                .build();

        try (var server = FakeClassifier.accepting(2, (id, client) -> {
                    client.onNext(id == 1 ? Replies.modelChanged(0.9) : Replies.draining(2));
                    client.onNext(Replies.inBody(id));
                });
                var client = server.client();
                var stream = client.open(options)) {
            stream.send(frame(1));
            stream.send(frame(2));
            stream.finish();
            stream.answers().forEach(answer -> seen.add("answer " + answer.frameId()));

            assertThat(seen).containsExactly("model 0.9", "answer 1", "draining PT2S", "answer 2", "end OK");
            assertThat(stream.model().inBodyThreshold()).isEqualTo(0.9);
        }
    }

    @Test
    void answerIsNotReturnedBeforeThePrecedingEventIsHandled() throws InterruptedException {
        var hears = new CountDownLatch(1);
        var heard = new CountDownLatch(1);
        BlockingQueue<FrameAnswer> answers = new LinkedBlockingQueue<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .listener(new StreamListener() {
                    @Override
                    public void onModelChanged(ServedModel model) {
                        hears.countDown();
                        await(heard);
                    }
                })
                .build();

        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    client.onNext(Replies.modelChanged(0.9));
                    client.onNext(Replies.inBody(id));
                });
                var client = server.client();
                var stream = client.open(options)) {
            stream.send(frame(1));
            new Thread(() -> answers.add(stream.next().orElseThrow())).start();
            hears.await();
            awaitUnreadAnswer(stream);

            try {
                assertThatExceptionOfType(ScopegateException.TimedOut.class)
                        .isThrownBy(() -> stream.next(Duration.ofMillis(20)))
                        .withMessage("no answer within PT0.02S");
            } finally {
                heard.countDown();
            }
            assertThat(answers.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aThousandEventsBetweenTwoAnswersAllArrive() {
        List<Double> thresholds = new ArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .listener(new StreamListener() {
                    @Override
                    public void onModelChanged(ServedModel model) {
                        thresholds.add(model.inBodyThreshold());
                    }
                })
                .build();

        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    for (int i = 0; i < 1_000; i++) {
                        client.onNext(Replies.modelChanged(i));
                    }
                    client.onNext(Replies.inBody(id));
                });
                var client = server.client();
                var stream = client.open(options)) {
            stream.send(frame(1));

            assertThat(stream.next()).isPresent();
            assertThat(thresholds).hasSize(1_000).isSorted();
        }
    }

    @Test
    void aDrainedServersEndIsNotALostLink() {
        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    client.onNext(Replies.draining(2));
                    client.onError(
                            Status.UNAVAILABLE.withDescription("stopping").asException());
                });
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));

            assertThat(stream.next().orElseThrow().reason()).isEqualTo(Reason.STREAM_ENDED);
        }
    }

    @Test
    void aCallbackThatThrowsDoesNotKeepTheNextAnswerBack() {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        List<Long> ids = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
                    ids.add(answer.frameId());
                    throw new IllegalStateException("display gone");
                })
                .build();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(options)) {
            stream.send(frame(1));
            stream.send(frame(2));
            stream.finish();
            stream.awaitEnd(LONG);

            assertThat(ids).containsExactly(1L, 2L);
            assertThat(uncaught).hasSize(2);
        }
    }

    @Test
    void nextAnswerIsDeliveredIfTheUncaughtExceptionHandlerThrows() {
        List<Long> ids = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {
                        throw new IllegalStateException("log gone", e);
                    });
                    ids.add(answer.frameId());
                    throw new IllegalStateException("display gone");
                })
                .build();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(options)) {
            stream.send(frame(1));
            stream.send(frame(2));
            stream.finish();
            stream.awaitEnd(LONG);

            assertThat(ids).containsExactly(1L, 2L);
        }
    }

    @Test
    void waitingForACreditInTheCallbackIsRefused() throws InterruptedException {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        AtomicReference<FrameStream> itself = new AtomicReference<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> thrown.add(catchThrowable(() -> itself.get().offer(frame(2), LONG))))
                .build();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(options)) {
            itself.set(stream);
            stream.send(frame(1));

            assertThat(thrown.poll(20, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void sendFromTheCallbackIsRefusedInPlaceOfADeadlock() throws InterruptedException {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        AtomicReference<FrameStream> itself = new AtomicReference<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> thrown.add(catchThrowable(() -> itself.get().send(frame(2)))))
                .build();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(options)) {
            itself.set(stream);
            stream.send(frame(1));

            assertThat(thrown.poll(20, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("send called from the stream's own callback");
        }
    }

    @Test
    void aStreamIsReadEitherByCallbackOrByNext() {
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> {})
                .build();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(options)) {
            assertThatIllegalStateException().isThrownBy(stream::next).withMessageContaining("onAnswer");
        }
    }

    @Test
    void anInterruptedSenderKeepsItsFlagAndItsStream() {
        try (var server = FakeClassifier.accepting(0, (id, client) -> {});
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(ScopegateException.Interrupted.class).isThrownBy(() -> stream.send(frame(1)));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(stream.end()).isEmpty();
        }
    }

    @Test
    void aFrameOverTheServersLimitIsRefusedHereAndTheStreamGoesOn() {
        var limited = StreamAccepted.newBuilder().setCredits(1).setMaxMessageBytes(1_000);
        try (var server = new FakeClassifier((message, client) ->
                        client.onNext(message.hasOpen() ? Replies.accepted(limited) : Replies.inBody(1)));
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stream.send(Frame.encoded(1, Instant.EPOCH, new byte[1_000])))
                    .withMessageMatching(
                            "message with the frame exceeds the server's limit: 10\\d\\d bytes, at most 1000 allowed");
            stream.send(frame(1));

            assertThat(stream.next()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 65_536, 65_537})
    void refusalOfALargeFrameNamesTheClientLimit(long serversLimit) {
        var limited = StreamAccepted.newBuilder().setCredits(1).setMaxMessageBytes(serversLimit);
        try (var server = new FakeClassifier((message, client) -> client.onNext(Replies.accepted(limited)));
                var client =
                        ScopegateClient.to("fake:1").maxMessageBytes(65_536).build(server.transport());
                var stream = client.open(OPTIONS)) {
            Frame large = Frame.encoded(1, Instant.EPOCH, new byte[65_536]);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stream.send(large))
                    .withMessageMatching("message with the frame exceeds maxMessageBytes of this client: 655\\d\\d "
                            + "bytes, at most 65536 allowed");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.classify(large.withFormat(FrameFormat.jpeg()), LONG))
                    .withMessageContaining("maxMessageBytes of this client");
        }
    }

    @Test
    void nothingIsSentAfterFinish() {
        try (var server = FakeClassifier.accepting(1, (id, client) -> {});
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.finish();
            stream.awaitEnd(LONG);

            assertThat(stream.end().orElseThrow().ok()).isTrue();
            assertThatExceptionOfType(ScopegateException.StreamEnded.class).isThrownBy(() -> stream.offer(frame(1)));
        }
    }

    private static void assertBreach(
            BiConsumer<Long, StreamObserver<ClassifyStreamResponse>> onFrame, String expectedText) {
        try (var server = FakeClassifier.accepting(1, onFrame);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            StreamEnd end = stream.awaitEnd(LONG);

            assertThat(end.status().code()).isEqualTo("INTERNAL");
            assertThat(end.status().message()).contains(expectedText);
            assertThat(stream.next().orElseThrow().frameId()).isEqualTo(1);
            assertThat(stream.next()).isEmpty();
        }
    }

    private static Frame frame(long id) {
        return Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[] {1, 2, 3});
    }
}
