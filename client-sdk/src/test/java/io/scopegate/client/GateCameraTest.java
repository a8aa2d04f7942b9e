package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.scopegate.client.examples.GateCamera;
import io.scopegate.client.examples.GateRecorder;
import io.scopegate.proto.v1.StreamAccepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the example that the package's documentation shows. */
@Timeout(30)
class GateCameraTest {
    private static final Path SOURCES = Path.of(System.getProperty("scopegate.root"), "client-sdk", "src");
    private static final Pattern SHOWN = Pattern.compile("<pre>\\{@code(.*)}</pre>", Pattern.DOTALL);

    private final List<FrameAnswer> answers = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();

    @Test
    void cameraOpensAnotherStreamAfterOneHasEnded() throws InterruptedException {
        var frames = LongStream.rangeClosed(1, 6).mapToObj(GateCameraTest::frame);

        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    if (id == 3) {
                        client.onError(Status.UNAVAILABLE.asException());
                    } else {
                        client.onNext(Replies.inBody(id));
                    }
                });
                var client = server.client()) {
            camera(client).send(frames.iterator());
        }

        // The fourth frame waited for the third one's credit and could not be sent, because the stream had ended.
        assertThat(answers).extracting(FrameAnswer::frameId).containsExactly(1L, 2L, 3L, 5L, 6L);
        assertThat(answers).extracting(FrameAnswer::inBody).containsExactly(true, true, false, true, true);
        assertThat(faults).singleElement().isInstanceOf(ScopegateException.StreamEnded.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"RESOURCE_EXHAUSTED", "INTERNAL", "UNKNOWN", "UNAVAILABLE", "DEADLINE_EXCEEDED"})
    void temporaryRefusalIsRetriedAndReported(Status.Code code) throws InterruptedException {
        var refusals = new AtomicInteger(2);

        try (var server = new FakeClassifier((message, client) -> {
                    if (message.hasOpen() && refusals.getAndDecrement() > 0) {
                        client.onError(
                                code.toStatus().withDescription("for now").asException());
                    } else if (message.hasOpen()) {
                        client.onNext(Replies.accepted(1));
                    } else if (message.hasFrame()) {
                        client.onNext(Replies.inBody(1));
                    }
                });
                var client = server.client()) {
            camera(client).send(List.of(frame(1)).iterator());
        }

        assertThat(answers).extracting(FrameAnswer::inBody).containsExactly(true);
        assertThat(faults)
                .extracting(RuntimeException::getMessage)
                .hasSize(2)
                .allMatch(text -> text.endsWith("for now"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"INVALID_ARGUMENT", "NOT_FOUND", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED"})
    void permanentRefusalIsNotRetried(Status.Code code) {
        try (var server = new FakeClassifier(
                        (message, client) -> client.onError(code.toStatus().asException()));
                var client = server.client()) {
            GateCamera camera = camera(client);

            assertThatExceptionOfType(ScopegateException.Refused.class)
                    .isThrownBy(() -> camera.send(List.of(frame(1)).iterator()));
        }
    }

    @Test
    void frameOverTheLimitIsSkippedAndTheStreamStaysOpen() throws InterruptedException {
        var limited = StreamAccepted.newBuilder().setCredits(1).setMaxMessageBytes(1_000);
        var opened = new AtomicInteger();
        var frames = LongStream.rangeClosed(1, 3)
                .mapToObj(id -> Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[id == 2 ? 1_000 : 1]));

        try (var server = new FakeClassifier((message, client) -> {
                    if (message.hasOpen()) {
                        opened.incrementAndGet();
                        client.onNext(Replies.accepted(limited));
                    } else if (message.hasFrame()) {
                        client.onNext(Replies.inBody(message.getFrame().getFrameId()));
                    }
                });
                var client = server.client()) {
            camera(client).send(frames.iterator());
        }

        assertThat(answers).extracting(FrameAnswer::frameId).containsExactly(1L, 3L);
        assertThat(faults).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(opened).hasValue(1);
    }

    @Test
    void recorderFollowsTheVerdictAcrossStreams() throws InterruptedException {
        var clock = new ManualClock();
        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    if (id == 2) {
                        client.onError(Status.UNAVAILABLE.asException());
                    } else {
                        client.onNext(Replies.inBody(id));
                    }
                });
                var client = ScopegateClient.to("fake:1")
                        .clock(clock)
                        .nanoTime(clock::nanos)
                        .scheduler(ManualScheduler::new)
                        .build(server.transport())) {
            GateCamera camera = camera(client);
            var recorder = new GateRecorder(camera::currentVerdict);
            List<Boolean> recorded = new ArrayList<>();

            // The second frame ends its stream, and the third can no longer be sent on it.
            camera.send(Stream.of(0, 1, 2, 2, 3)
                    .map(answersBefore -> {
                        awaitAnswers(answersBefore);
                        recorded.add(recorder.getAsBoolean());
                        return frame(recorded.size());
                    })
                    .iterator());

            assertThat(recorded).containsExactly(false, true, false, false, true);
            assertThat(recorder.getAsBoolean()).isFalse();
        }
    }

    private void awaitAnswers(int count) {
        while (answers.size() < count) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Thread.onSpinWait();
        }
    }

    private GateCamera camera(ScopegateClient client) {
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answers::add)
                .build();
        return new GateCamera(client, options, Duration.ZERO, faults::add);
    }

    private static Frame frame(long id) {
        return Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[] {1});
    }

    @Test
    void documentationShowsTheExampleVerbatim() throws IOException {
        String documentation = Files.readString(SOURCES.resolve("main/java/io/scopegate/client/package-info.java"));
        Matcher shown = SHOWN.matcher(documentation.replace("\n *", "\n"));

        assertThat(shown.find()).isTrue();
        assertThat(plain(Files.readString(SOURCES.resolve("test/java/io/scopegate/client/examples/GateCamera.java"))))
                .contains(plain(shown.group(1)));
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", " ").trim();
    }
}
