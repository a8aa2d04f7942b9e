package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.scopegate.proto.v1.StreamAccepted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the client over real sockets, as an application uses it. */
@Timeout(60)
class NettyTransportTest {
    private static TestIdentity box;
    private static TestIdentity console;

    @BeforeAll
    static void makeIdentities(@TempDir Path folder) throws IOException, InterruptedException {
        box = TestIdentity.create(folder, "box");
        console = TestIdentity.create(folder, "console");
    }

    @Test
    void framesOfAMegabyteGoThere() throws IOException {
        try (var server = new Listening(InsecureServerCredentials.create());
                var client = ScopegateClient.to("localhost:" + server.port()).build()) {
            assertThat(answers(client, 1 << 20)).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void mutualTlsIsSpoken() throws IOException {
        var files = TlsFiles.trusting(box.certificate()).withClientIdentity(console.certificate(), console.key());

        try (var server = new Listening(mutualTls());
                var client = ScopegateClient.to("localhost:" + server.port())
                        .tls(files)
                        .build()) {
            assertThat(answers(client, 1_000)).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void aClientWithoutItsCertificateIsTurnedAway() throws IOException {
        try (var server = new Listening(mutualTls());
                var client = ScopegateClient.to("localhost:" + server.port())
                        .tls(TlsFiles.trusting(box.certificate()))
                        .build()) {
            assertThatExceptionOfType(ScopegateException.Unreachable.class).isThrownBy(() -> client.open(jpegs()));
        }
    }

    @Test
    void aServerOfAnotherNameIsNotTrusted() throws IOException {
        try (var server = new Listening(TlsServerCredentials.create(
                        box.certificate().toFile(), box.key().toFile()));
                var client = ScopegateClient.to("localhost:" + server.port())
                        .tls(TlsFiles.trusting(box.certificate()))
                        .serverName("another.example")
                        .build()) {
            assertThatExceptionOfType(ScopegateException.Unreachable.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessageContaining("another.example");
        }
    }

    @Test
    void aFileThatIsNotWhatTlsNeedsIsNamed(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "certificates are elsewhere\n");
        Path noKey = Files.writeString(
                folder.resolve("no.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        String key = "cannot read a key in PEM (PKCS 8, not encrypted, RSA, DSA or EC) from ";

        assertRefused(TlsFiles.trusting(text), "cannot read certificates in PEM from " + text);
        assertRefused(
                TlsFiles.trusting(folder.resolve("gone.pem")),
                "cannot read certificates in PEM from " + folder.resolve("gone.pem"));
        var trusting = TlsFiles.trusting(box.certificate());
        assertRefused(
                trusting.withClientIdentity(console.key(), console.key()),
                "cannot read certificates in PEM from " + console.key());
        assertRefused(
                trusting.withClientIdentity(console.certificate(), console.certificate()), key + console.certificate());
        assertRefused(trusting.withClientIdentity(console.certificate(), noKey), key + noKey);
    }

    @Test
    void refusalOfALargeMessageNamesTheClientLimit() throws IOException {
        var accepted = StreamAccepted.newBuilder().addLabels("x".repeat(65_536)).setCredits(1);
        var large = new FakeClassifier((message, client) -> client.onNext(Replies.accepted(accepted)));
        try (var server = new Listening(InsecureServerCredentials.create(), 0, large);
                var client = ScopegateClient.to("localhost:" + server.port())
                        .maxMessageBytes(65_536)
                        .build()) {
            assertThatExceptionOfType(ScopegateException.Refused.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessageMatching(
                            "refused: RESOURCE_EXHAUSTED: maxMessageBytes of this client: at least 65[0-9]{3} "
                                    + "for the server's message, not 65536");
        }
    }

    @Test
    void httpResponseIsReportedAsAPossibleHttpPort() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try (var client =
                ScopegateClient.to("127.0.0.1:" + http.getAddress().getPort()).build()) {
            assertThatExceptionOfType(ScopegateException.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessageEndingWith(": HTTP response instead of gRPC; the port may be the server's HTTP port");
        } finally {
            http.stop(0);
        }
    }

    @Test
    void nobodyListeningIsUnreachableAndTheMessageSaysWhy() throws IOException {
        try (var client = ScopegateClient.to("127.0.0.1:" + freePort()).build()) {
            assertThatExceptionOfType(ScopegateException.Unreachable.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessageContaining("Connection refused");
        }
    }

    @Test
    void aHostThatDoesNotAnswerIsSaidToHaveGivenNoConnection() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var client = ScopegateClient.to("127.0.0.1:" + silent.getLocalPort())
                        .openTimeout(Duration.ofMillis(50))
                        .build()) {
            assertThatExceptionOfType(ScopegateException.TimedOut.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessage("no connection within openTimeout, PT0.05S");
        }
    }

    @Test
    void aStreamOpensAgainAfterTheServerWasGone() throws IOException {
        int port;
        try (var server = new Listening(InsecureServerCredentials.create());
                var client = ScopegateClient.to("127.0.0.1:" + server.port()).build()) {
            port = server.port();
            var stream = client.open(jpegs());
            server.close();
            assertThat(stream.awaitEnd(Duration.ofSeconds(20)).ok()).isFalse();

            try (var restarted = new Listening(InsecureServerCredentials.create(), port)) {
                assertThat(answers(client, 10)).hasSize(5);
            }
        }
    }

    /** Repeated, because the channel reports failures on a thread of its own. */
    @RepeatedTest(20)
    void failedCallSucceedsAtTheFirstTryOnceTheServerIsBack() throws IOException {
        assertSucceedsOnceTheServerIsBack(client -> client.open(jpegs()).close());
        assertSucceedsOnceTheServerIsBack(client -> client.classify(jpeg(), Duration.ofSeconds(20)));
    }

    @Test
    void modelsAreAskedForAfreshOnceTheServerIsBack() throws IOException {
        int port = freePort();
        try (var client = ScopegateClient.to("127.0.0.1:" + port).build()) {
            var admin = client.admin(Duration.ofSeconds(20));
            assertThatExceptionOfType(ScopegateException.Unreachable.class).isThrownBy(admin::list);

            try (var server = new Listening(InsecureServerCredentials.create(), port)) {
                // This server is there but has no such service, so it refuses.
                assertThatExceptionOfType(ScopegateException.Refused.class).isThrownBy(admin::list);
            }
        }
    }

    @Test
    void aStreamOpensAgainOverAnotherConnectionAfterTheLinkFellSilent() throws IOException {
        var clock = new ManualClock();
        var scheduler = new ManualScheduler();
        try (var server = new Listening(InsecureServerCredentials.create());
                var link = new HalfOpenLink(server.port());
                var client = ScopegateClient.to("127.0.0.1:" + link.port())
                        .nanoTime(clock::nanos)
                        .scheduler(() -> scheduler)
                        .build()) {
            var stream = client.open(jpegs());
            link.loseExistingConnections();
            stream.send(Frame.encoded(1, Instant.EPOCH, new byte[10]));
            clock.advance(Duration.ofSeconds(5));
            scheduler.tick();
            clock.advance(Duration.ofSeconds(2));
            scheduler.tick();

            assertThat(stream.next().orElseThrow().reason()).isEqualTo(Reason.LINK_LOST);
            assertThat(answers(client, 10)).hasSize(5);
        }
    }

    @Test
    void noNativeCodeIsOnTheClassPath() throws IOException {
        ClassLoader classes = ScopegateClient.class.getClassLoader();

        assertThat(Collections.list(classes.getResources("META-INF/native"))).isEmpty();
        assertThat(classes.getResource("io/netty/channel/epoll/Epoll.class")).isNull();
        assertThat(classes.getResource("io/netty/internal/tcnative/SSL.class")).isNull();
        assertThat(classes.getResource("io/grpc/netty/NettyChannelBuilder.class"))
                .isNotNull();
    }

    private static void assertSucceedsOnceTheServerIsBack(Consumer<ScopegateClient> call) throws IOException {
        int port = freePort();
        try (var client = ScopegateClient.to("127.0.0.1:" + port).build()) {
            assertThatExceptionOfType(ScopegateException.Unreachable.class).isThrownBy(() -> call.accept(client));

            try (var server = new Listening(InsecureServerCredentials.create(), port)) {
                call.accept(client);
            }
        }
    }

    private static void assertRefused(TlsFiles files, String message) {
        var described = ScopegateClient.to("localhost:9000").tls(files);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(described::build)
                .withMessage(message)
                .havingCause()
                .satisfies(cause -> assertThat(cause.getMessage()).doesNotContain("Exception", "java."));
    }

    /** Returns the port of a server that has just been closed. */
    private static int freePort() throws IOException {
        try (var server = new Listening(InsecureServerCredentials.create())) {
            return server.port();
        }
    }

    private static List<Long> answers(ScopegateClient client, int frameBytes) {
        List<Long> ids = new ArrayList<>();
        try (var stream = client.open(jpegs())) {
            for (long id = 1; id <= 5; id++) {
                stream.send(Frame.encoded(id, Instant.EPOCH, new byte[frameBytes]));
            }
            stream.finish();
            stream.answers().forEach(answer -> ids.add(answer.frameId()));
            assertThat(stream.end().orElseThrow().ok()).isTrue();
        }
        return ids;
    }

    private static StreamOptions jpegs() {
        return StreamOptions.of("tower-1", FrameFormat.jpeg()).build();
    }

    private static Frame jpeg() {
        return Frame.encoded(1, Instant.EPOCH, new byte[] {1, 2, 3}).withFormat(FrameFormat.jpeg());
    }

    private static ServerCredentials mutualTls() throws IOException {
        return TlsServerCredentials.newBuilder()
                .keyManager(box.certificate().toFile(), box.key().toFile())
                .trustManager(console.certificate().toFile())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    /** The fake server on a port. */
    private static final class Listening implements AutoCloseable {
        private final FakeClassifier classifier;
        private final Server server;

        Listening(ServerCredentials credentials) throws IOException {
            this(credentials, 0);
        }

        Listening(ServerCredentials credentials, int port) throws IOException {
            this(credentials, port, FakeClassifier.answeringAtOnce(5));
        }

        Listening(ServerCredentials credentials, int port, FakeClassifier classifier) throws IOException {
            this.classifier = classifier;
            this.server = Grpc.newServerBuilderForPort(port, credentials)
                    .addService(classifier)
                    .build()
                    .start();
        }

        int port() {
            return server.getPort();
        }

        @Override
        public void close() {
            classifier.close();
            server.shutdownNow();
            try {
                server.awaitTermination();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
