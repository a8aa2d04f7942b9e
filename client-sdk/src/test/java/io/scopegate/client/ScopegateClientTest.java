package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.StreamOpen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ScopegateClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void streamOptionsAreSentToTheServer() throws InterruptedException {
        var options = StreamOptions.of("tower-1", FrameFormat.of(PixelFormat.NV12, 1920, 1080))
                .frameRate(59.94)
                .deliveryPolicy(DeliveryPolicy.LATEST_WINS)
                .ageBudget(Duration.ofMillis(100))
                .model(ModelSelection.named("gate").version("3"))
                .smoothing(Smoothing.backToInBodyAfter(5, Duration.ofMillis(500)))
                .frozenPictureDetection(FrozenPictureDetection.off())
                .inBodyThreshold(0.9)
                .build();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = ScopegateClient.to("fake:1").program("console/2.1").build(server.transport());
                var stream = client.open(options)) {
            StreamOpen open = server.take().getOpen();

            assertThat(open.getDeviceId()).isEqualTo("tower-1");
            assertThat(open.getClient()).isEqualTo("console/2.1");
            assertThat(open.getFormat().getPixelFormat())
                    .isEqualTo(io.scopegate.proto.v1.PixelFormat.PIXEL_FORMAT_NV12);
            assertThat(open.getFormat().getWidth()).isEqualTo(1920);
            assertThat(open.getFrameRate()).isEqualTo(59.94);
            assertThat(open.getDeliveryPolicy())
                    .isEqualTo(io.scopegate.proto.v1.DeliveryPolicy.DELIVERY_POLICY_LATEST_WINS);
            assertThat(open.getAgeBudget().getNanos()).isEqualTo(100_000_000);
            assertThat(open.getModel().getVersion()).isEqualTo("3");
            assertThat(open.getSmoothing().getFramesToInBody()).isEqualTo(5);
            assertThat(open.getFrozenPictureDetection().getDisabled()).isTrue();
            assertThat(open.getInBodyThreshold()).isEqualTo(0.9);
            assertThat(stream.accepted().streamId()).isEqualTo("s-1");
        }
    }

    @Test
    void acceptedSettingsAreReturnedToTheApplication() {
        var settled = StreamAccepted.newBuilder()
                .setCredits(4)
                .setDeliveryPolicy(io.scopegate.proto.v1.DeliveryPolicy.DELIVERY_POLICY_BLOCK)
                .setAgeBudget(ProtoTime.duration(Duration.ofMillis(250)))
                .setSmoothing(PolicyMapping.write(Smoothing.off()))
                .setFrozenPictureDetection(PolicyMapping.write(FrozenPictureDetection.after(Duration.ofSeconds(3))))
                .setMaxMessageBytes(1 << 20)
                .setMaxDimension(4_096);

        try (var server = new FakeClassifier((message, client) -> client.onNext(Replies.accepted(settled)));
                var client = server.client();
                var stream = client.open(jpegs())) {
            AcceptedStream accepted = stream.accepted();

            assertThat(accepted.model().reference().orElseThrow().version()).isEqualTo("1");
            assertThat(accepted.model().labels()).containsExactly("in_body", "out_of_body");
            assertThat(accepted.model().inBodyThreshold()).isEqualTo(0.7);
            assertThat(accepted.credits()).isEqualTo(4);
            assertThat(accepted.deliveryPolicy()).isEqualTo(DeliveryPolicy.BLOCK);
            assertThat(accepted.ageBudget()).hasValue(Duration.ofMillis(250));
            assertThat(accepted.smoothing()).isEqualTo(Smoothing.off());
            assertThat(accepted.frozenPictureDetection())
                    .isEqualTo(FrozenPictureDetection.after(Duration.ofSeconds(3)));
            assertThat(accepted.limits()).isEqualTo(new StreamLimits(1 << 20, 4_096));
            assertThat(accepted.server()).isEqualTo("fake/1");
        }
    }

    @Test
    void aStreamThatIsNotAcceptedInTimeTimesOutAndIsCancelled() throws InterruptedException {
        try (var server = new FakeClassifier((message, client) -> {});
                var client = ScopegateClient.to("fake:1")
                        // Long enough to connect on a busy machine.
                        .openTimeout(Duration.ofSeconds(2))
                        .build(server.transport())) {
            assertThatExceptionOfType(ScopegateException.TimedOut.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessage("connected, but the stream was not accepted within openTimeout, PT2S");
            assertThat(server.cancelled.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        FakeClassifier gone = FakeClassifier.answeringAtOnce(1);
        gone.close();

        try (var client = gone.client()) {
            assertThatExceptionOfType(ScopegateException.Unreachable.class).isThrownBy(() -> client.open(jpegs()));
            assertThatExceptionOfType(ScopegateException.Unreachable.class)
                    .isThrownBy(() -> client.classify(jpeg(1), LONG));
        }
    }

    @Test
    void aSingleFrameIsClassified() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client()) {
            FrameAnswer answer = client.classify(jpeg(7), LONG);

            assertThat(answer.inBody()).isTrue();
            assertThat(answer.frameId()).isEqualTo(7);
            assertThat(server.unary.remove().getFrame().getEncoded().toByteArray())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void aSingleFrameThatIsNotAnsweredInTimeTimesOut() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client()) {
            assertThatExceptionOfType(ScopegateException.TimedOut.class)
                    .isThrownBy(() -> client.classify(jpeg(FakeClassifier.NEVER_ANSWERED), Duration.ofMillis(50)));
        }
    }

    @Test
    void anAnswerToAnotherFrameIsRefused() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client()) {
            assertThatExceptionOfType(ScopegateException.Refused.class)
                    .isThrownBy(() -> client.classify(jpeg(FakeClassifier.ANSWERED_WRONGLY), LONG))
                    .withMessageContaining("answer to frame");
        }
    }

    @Test
    void cancelledSingleFrameIsReportedAsUnreachable() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client()) {
            assertThatExceptionOfType(ScopegateException.Unreachable.class)
                    .isThrownBy(() -> client.classify(jpeg(FakeClassifier.GIVEN_UP_ON_THE_WAY), LONG))
                    .withMessageContaining("CANCELLED");
        }
    }

    @Test
    void aStreamOutlivesTheCallWithinWhichItWasOpened() throws Exception {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var handled = Context.ROOT.withCancellation();
                var stream = handled.call(() -> client.open(jpegs()))) {
            handled.cancel(null);

            stream.send(jpeg(1));

            assertThat(stream.next().orElseThrow().inBody()).isTrue();
        }
    }

    @Test
    void singleFrameIsClassifiedInACancelledGrpcContext() throws Exception {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client();
                var handled = Context.ROOT.withCancellation()) {
            handled.cancel(null);

            FrameAnswer answer = handled.call(() -> client.classify(jpeg(1), LONG));

            assertThat(answer.inBody()).isTrue();
        }
    }

    @Test
    void aSingleFrameNeedsItsOwnFormat() {
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = server.client()) {
            var frame = Frame.encoded(1, Instant.EPOCH, new byte[] {1});

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.classify(frame, LONG))
                    .withMessageContaining("format");
        }
    }

    @Test
    void closeEndsStreamsAndThreads() throws InterruptedException {
        Set<Thread> before = threads();
        var options = StreamOptions.of("tower-1", FrameFormat.jpeg())
                .onAnswer(answer -> {})
                .build();
        try (var server = FakeClassifier.accepting(1, (id, client) -> {})) {
            var client = server.client();
            var stream = client.open(options);
            stream.send(jpeg(1));
            server.take();
            List<Thread> started = threads().stream()
                    .filter(thread -> !before.contains(thread))
                    .toList();
            // Without these threads there would be nothing to find after close() either.
            assertThat(started).extracting(Thread::getName).anyMatch(name -> name.startsWith("scopegate-answers-"));
            assertThat(started).extracting(Thread::getName).anyMatch(name -> name.startsWith("scopegate-timer-"));
            assertThat(started).extracting(Thread::getName).anyMatch(name -> name.startsWith("scopegate-transport-"));

            client.close();

            for (Thread thread : started) {
                thread.join(LONG.toMillis());
            }
            assertThat(started).noneMatch(Thread::isAlive);
            assertThat(server.cancelled.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(stream.end().orElseThrow().abandoned()).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(() -> client.open(options));
        }
    }

    @Test
    void aStreamThatOpensWhileTheClientIsClosedEndsAtOnce() {
        var closing = new AtomicReference<ScopegateClient>();
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = ScopegateClient.to("fake:1")
                        .build(server.transport()
                                .intercept(beforeEachCall(() -> closing.get().close())))) {
            closing.set(client);

            assertThatExceptionOfType(ScopegateException.Unreachable.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessageContaining("closed by this client");
        }
    }

    @Test
    void aStreamWhoseOpeningFailsHereIsEnded() throws InterruptedException {
        var clock = new FailingClock();
        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = ScopegateClient.to("fake:1").clock(clock).build(server.transport())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessage("the clock is gone");

            assertThat(server.cancelled.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** The longest possible duration is accepted as a limit. */
    @Test
    void longestDurationIsAcceptedAsATimeout() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        var described =
                ScopegateClient.to("box:9000").keepAlive(forEver, forEver).openTimeout(forEver);
        described.build().close();

        try (var server = FakeClassifier.answeringAtOnce(1);
                var client = described.build(server.transport());
                var stream = client.open(jpegs())) {
            assertThat(stream.end()).isEmpty();
            assertThat(client.classify(jpeg(1), forEver).inBody()).isTrue();
        }
    }

    @Test
    void aLimitThatLeavesNoRoomForAnswersIsRefused() {
        var described = ScopegateClient.to("box:9000").maxMessageBytes(65_536);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> described.maxMessageBytes(65_535))
                .withMessage("maxMessageBytes: at least 65536, not 65535");
    }

    @Test
    void aPageInPlaceOfAnAnswerIsSaidInOneLine() {
        String page = "HTTP status code 404\ninvalid content-type: text/html\nheaders: Metadata(:status=404)\n"
                + "DATA-----------------------------\n<html>\nnot found\n</html>";
        try (var server = new FakeClassifier((message, client) -> client.onError(
                        Status.UNIMPLEMENTED.withDescription(page).asException()));
                var client = server.client()) {
            assertThatExceptionOfType(ScopegateException.Refused.class)
                    .isThrownBy(() -> client.open(jpegs()))
                    .withMessage("refused: UNIMPLEMENTED: HTTP status code 404, HTTP response instead of gRPC; the "
                            + "port may be the server's HTTP port");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "box",
                "box:",
                "http://box:9000",
                ":9000",
                "::1:9000",
                "box:9000/x",
                "user@localhost:9000",
                "two words:9000",
                "10.0.0.300:9000",
                "a..b:9000",
                "[:::]:9000",
                "[::1:9000",
                "box:1234567890"
            })
    void aTargetThatIsNotHostAndPortIsRefused(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScopegateClient.to(target))
                .withMessage("target is \"" + target + "\", expected host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "99999"})
    void aPortThatNoServerCanHaveIsRefused(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScopegateClient.to("127.0.0.1:" + port))
                .withMessage("port: 1 to 65535, not " + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "box:9000",
                "tower-1.or.example:1",
                "10.0.0.7:65535",
                "[::1]:9000",
                "[::ffff:10.0.0.7]:9000",
                "[fe80::1%eth0]:9000"
            })
    void hostAndPortMakeATarget(String target) {
        ScopegateClient.to(target).build().close();
    }

    private static ClientInterceptor beforeEachCall(Runnable action) {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                action.run();
                return next.newCall(method, options);
            }
        };
    }

    private static final class FailingClock extends Clock {
        @Override
        public Instant instant() {
            throw new IllegalStateException("the clock is gone");
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock has one zone");
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("scopegate-"))
                .collect(Collectors.toSet());
    }

    private static StreamOptions jpegs() {
        return StreamOptions.of("tower-1", FrameFormat.jpeg()).build();
    }

    private static Frame jpeg(long id) {
        return Frame.encoded(id, Instant.EPOCH, new byte[] {1, 2, 3}).withFormat(FrameFormat.jpeg());
    }
}
