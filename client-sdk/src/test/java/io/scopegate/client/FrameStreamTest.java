package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Credit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    void aCreditIsFreeAgainOnlyWhenTheAnswerHasBeenRead() throws InterruptedException {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            server.take();
            assertThat(stream.offer(frame(2))).isFalse();

            assertThat(stream.next().orElseThrow().frameId()).isEqualTo(1);

            assertThat(stream.offer(frame(2))).isTrue();
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
                        .withDescription("in_body_threshold is 0.1, at least 0.7")
                        .asException()));
                var client = server.client()) {
            assertThatThrownBy(() -> client.open(OPTIONS))
                    .isInstanceOf(ScopegateException.Refused.class)
                    .hasMessageContaining("INVALID_ARGUMENT: in_body_threshold is 0.1, at least 0.7");
        }
    }

    private static Frame frame(long id) {
        return Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[] {1, 2, 3});
    }
}
