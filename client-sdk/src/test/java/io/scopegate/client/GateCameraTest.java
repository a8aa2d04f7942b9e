package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.scopegate.client.examples.GateCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example that the package's documentation shows. */
@Timeout(30)
class GateCameraTest {
    private static final Path SOURCES = Path.of(System.getProperty("scopegate.root"), "client-sdk", "src");
    private static final Pattern SHOWN = Pattern.compile("<pre>\\{@code(.*)}</pre>", Pattern.DOTALL);

    @Test
    void itGoesOnWithAnotherStreamAfterOneHasEnded() throws InterruptedException {
        List<FrameAnswer> answers = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answers::add)
                .build();
        var frames = LongStream.rangeClosed(1, 6)
                .mapToObj(id -> Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[] {1}));

        try (var server = FakeClassifier.accepting(1, (id, client) -> {
                    if (id == 3) {
                        client.onError(Status.UNAVAILABLE.asException());
                    } else {
                        client.onNext(Replies.inBody(id));
                    }
                });
                var client = server.client()) {
            new GateCamera(client, options, Duration.ZERO).send(frames.iterator());
        }

        // The fourth waited for the credit of the third, and could not be sent once the stream had ended.
        assertThat(answers).extracting(FrameAnswer::frameId).containsExactly(1L, 2L, 3L, 5L, 6L);
        assertThat(answers).extracting(FrameAnswer::inBody).containsExactly(true, true, false, true, true);
    }

    @Test
    void itTriesAgainWhereTheServerTakesNoFurtherStreamForAMoment() throws InterruptedException {
        List<FrameAnswer> answers = new CopyOnWriteArrayList<>();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answers::add)
                .build();
        var frame = Frame.encoded(1, Instant.EPOCH, new byte[] {1});
        var refusals = new AtomicInteger(2);

        try (var server = new FakeClassifier((message, client) -> {
                    if (message.hasOpen() && refusals.getAndDecrement() > 0) {
                        client.onError(Status.RESOURCE_EXHAUSTED.asException());
                    } else if (message.hasOpen()) {
                        client.onNext(Replies.accepted(1));
                    } else if (message.hasFrame()) {
                        client.onNext(Replies.inBody(1));
                    }
                });
                var client = server.client()) {
            new GateCamera(client, options, Duration.ZERO).send(List.of(frame).iterator());
        }

        assertThat(answers).extracting(FrameAnswer::inBody).containsExactly(true);
    }

    @Test
    void whatTheServerDoesNotTakeIsNotTriedAgain() {
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg()).build();
        var frames = List.of(Frame.encoded(1, Instant.EPOCH, new byte[] {1}));

        try (var server =
                        new FakeClassifier((message, client) -> client.onError(Status.INVALID_ARGUMENT.asException()));
                var client = server.client()) {
            var gate = new GateCamera(client, options, Duration.ZERO);

            assertThatExceptionOfType(ScopegateException.Refused.class).isThrownBy(() -> gate.send(frames.iterator()));
        }
    }

    @Test
    void theDocumentationShowsItAsItIs() throws IOException {
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
