package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.RawConnection;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedLimits;
import io.scopegate.server.testing.StreamClient;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests how much one client may use, and how it is told that it asks for too much. */
@QuarkusTest
@TestProfile(LimitsEndpointTest.Profile.class)
class LimitsEndpointTest {

    private static final String NOT_OPENED = "first message: within 300 ms, not absent, or the call left open after it";

    private static final String STREAM =
            "/" + ClassifierGrpc.getClassifyStreamMethod().getFullMethodName();

    private static final String SINGLE =
            "/" + ClassifierGrpc.getClassifyMethod().getFullMethodName();

    private static final String HEALTH = "/" + HealthGrpc.getCheckMethod().getFullMethodName();

    private static final ClassifyStreamRequest OPEN =
            ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build();

    /**
     * A frame that is always rejected: it has no picture and, except for the first one of a stream, its id does not
     * rise.
     */
    private static final ClassifyStreamRequest REJECTED = ClassifyStreamRequest.newBuilder()
            .setFrame(Frame.newBuilder().setFrameId(1))
            .build();

    /**
     * The bytes that can leave the server's own queue while a client reads nothing: the initial HTTP/2 window of a
     * stream, and what grpc-java buffers beside it.
     */
    private static final int WITH_TRANSPORT = 65_535 + 32_768;

    private static final int MESSAGE_PREFIX = 5;

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(64, 48));

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    Connections connections;

    @Inject
    OpenCalls calls;

    @Inject
    MeterRegistry meters;

    private final List<ManagedChannel> channels = new ArrayList<>();

    /** The settings of {@link ServedLimits}, and only 100 ms for a reader to take its last answers. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return new ServedLimits().getConfigOverrides();
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(HastyTimer.class);
        }
    }

    @Alternative
    @Singleton
    static final class HastyTimer implements CallTimer {

        private final TimerThread timer;

        HastyTimer(TimerThread timer) {
            this.timer = timer;
        }

        @Override
        public Future<?> after(Duration time, Runnable action) {
            return timer.after(time.equals(LastAnswersTimeout.LIMIT) ? Duration.ofMillis(100) : time, action);
        }
    }

    @BeforeEach
    void awaitModel() {
        Served.awaitModel(models);
    }

    @AfterEach
    void disconnect() {
        channels.forEach(ManagedChannel::shutdownNow);
        Served.await(() -> connections.count() == 0);
    }

    @Test
    void oneStreamTooManyOnAConnectionIsRefused() throws Exception {
        ManagedChannel channel = channel();
        open(channel);
        open(channel);

        assertRefused(StreamClient.on(channel), "calls of one connection: at most 2 at once, not 3");
    }

    @Test
    void oneStreamTooManyOfAClientIsRefusedOnWhateverConnection() throws Exception {
        ManagedChannel first = channel();
        open(first);
        open(first);
        open(channel());

        assertRefused(StreamClient.on(channel()), "calls of one client: at most 3 at once, not 4");
    }

    @Test
    void framesOfARefusedStreamAreCounted() throws Exception {
        assertMessagesOfAStreamTooManyCounted(3, new byte[0]);
    }

    /**
     * Frames of a stream too many are also counted if a message over the limit follows them, and so is that message.
     */
    @Test
    void framesAndOversizedMessageOfARefusedStreamAreCounted() throws Exception {
        assertMessagesOfAStreamTooManyCounted(4, new byte[] {0, (byte) 0x80, 0, 0, 0, 1});
    }

    /**
     * Sends three frames, and these bytes behind them, on a stream too many, and asserts how many messages count as too
     * late.
     */
    private void assertMessagesOfAStreamTooManyCounted(int messages, byte[] behindThem) throws IOException {
        double before = cameTooLate();
        try (RawConnection client = RawConnection.to(server.getPort())) {
            open(client, 1);
            open(client, 3);

            client.hold();
            client.call(5, STREAM, "");
            client.send(5, OPEN);
            for (int frames = 0; frames < 3; frames++) {
                client.send(5, REJECTED);
            }
            client.more(5, behindThem);
            client.release();

            assertThat(client.awaitStatus(5)).isTrue();
            client.reset(5);
            client.call(7, HEALTH, "");
            client.send(7, HealthCheckRequest.getDefaultInstance());
            client.halfClose(7);
            client.awaitEnd(7);
            assertThat(cameTooLate() - before).isEqualTo(messages);
        }
    }

    private double cameTooLate() {
        return meters.get("scopegate.messages.refused")
                .tag("reason", "call_over")
                .counter()
                .count();
    }

    @Test
    void connectionsWithoutSetupAreClosedAboveTheLimit() throws Exception {
        StreamClient stream = open(channel());
        List<Socket> strangers = new ArrayList<>();
        try {
            // Connections of the test before may still be closing, and have places until then.
            Served.await(() -> addUnlessClosed(strangers) == 5);
            for (int i = 0; i < 4; i++) {
                strangers.add(stranger());
            }

            assertThat(strangers.subList(5, 9)).allMatch(LimitsEndpointTest::isClosed);
            assertThat(stream.classify(StreamClient.frame(1, SPOT)).getOutcome())
                    .isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    private Socket stranger() throws IOException {
        Socket stranger = new Socket("localhost", server.getPort());
        stranger.setSoTimeout(20_000);
        return stranger;
    }

    /** Connects, and keeps the connection if the server does. Returns the number of those that are kept. */
    private int addUnlessClosed(List<Socket> kept) {
        try {
            Socket stranger = stranger();
            if (isClosed(stranger)) {
                stranger.close();
            } else {
                kept.add(stranger);
            }
            return kept.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns whether the server has closed a new connection. To one that has a place it sends its first bytes at once;
     * then it waits for the handshake.
     */
    private static boolean isClosed(Socket stranger) {
        try {
            return stranger.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Repeated, because the client may miss the reason if it still sends while the server closes the connection. */
    @RepeatedTest(20)
    void connectionOverTheLimitIsRefusedAndOthersStayServed() throws Exception {
        StreamClient stream = open(channel());
        open(channel());
        open(channel());

        Status end = StreamClient.on(channel()).end();

        assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(end.getDescription()).contains("connections: at most 3, not 4");
        assertThat(connections.count()).isEqualTo(3);
        assertThat(stream.classify(StreamClient.frame(1, SPOT)).getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
    }

    @Test
    void singleCallsThatRunOutOfTimeHarmNoOtherStreamOfTheConnection() throws Exception {
        try (RawConnection client = RawConnection.to(server.getPort())) {
            open(client, 1);

            cancelledCalls(client, 1000);

            client.send(1, REJECTED);
            assertThat(client.message(1)).isNotEmpty();
        }
    }

    @Test
    void connectionIsClosedAfterExcessiveCancelledCalls() throws Exception {
        try (RawConnection client = RawConnection.to(server.getPort())) {
            open(client, 1);

            assertThatThrownBy(() -> {
                        cancelledCalls(client, 10_000);
                        client.awaitEnd(1);
                    })
                    .isInstanceOfAny(EOFException.class, SocketException.class);
        }
    }

    private static void cancelledCalls(RawConnection client, int count) throws IOException {
        for (int call = 0; call < count; call++) {
            int stream = 3 + 2 * call;
            client.call(stream, SINGLE, "30m");
            client.reset(stream);
        }
    }

    @Test
    void aStreamThatIsNotOpenedInTimeIsEndedAndAnOpenOneIsNot() throws Exception {
        ManagedChannel channel = channel();
        StreamClient open = open(channel);

        assertThat(StreamClient.on(channel).end())
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(Status.Code.DEADLINE_EXCEEDED, NOT_OPENED);
        assertThat(open.classify(StreamClient.frame(1, SPOT)).getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
    }

    @Test
    void aCallThatIsLeftOpenAfterItsOnlyMessageIsEnded() {
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCall<ClassifyRequest, ClassifyResponse> call =
                channel().newCall(ClassifierGrpc.getClassifyMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(1);

        call.sendMessage(ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(1, SPOT))
                .build());

        assertThat(end.orTimeout(60, TimeUnit.SECONDS).join())
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(Status.Code.DEADLINE_EXCEEDED, NOT_OPENED);
    }

    @Test
    void aPictureThatStatesTooLargeAnAreaIsNotDecoded() throws Exception {
        StreamClient stream = open(channel());

        FrameAnswer jpeg = stream.classify(StreamClient.frame(1, Pictures.jpeg(Pictures.plain(120, 100))));
        FrameAnswer png = stream.classify(StreamClient.frame(2, Pictures.png(Pictures.plain(120, 100)))
                .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_PNG)));

        assertThat(jpeg.getStatus().getMessage())
                .isEqualTo("encoded: width x height: at most 10000 pixels, not 120 x 100");
        assertThat(png.getStatus().getMessage()).isEqualTo(jpeg.getStatus().getMessage());
    }

    @Test
    void bytesThatAreNoMessageEndTheirStreamWithAReason() throws Exception {
        RawStream stream = new RawStream(channel());

        stream.send(new byte[] {(byte) 0xff, 1, 2});

        assertThat(stream.nextAnswer()).isNull();
        assertThat(stream.end())
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(
                        Status.Code.INVALID_ARGUMENT,
                        "message: one of the contract, not bytes that cannot be read as one");
    }

    /** Repeated until it is logged, because other tests may have used up the log lines of this second. */
    @Test
    void aClientThatHasHalfClosedAndReadsNothingLosesItsPlace() throws Exception {
        try (LogLines log = new LogLines(StreamCall.class)) {
            Served.await(() -> {
                halfCloseWithoutReading();
                return !log.containing("ended:").isEmpty();
            });

            assertThat(log.containing("ended:"))
                    .allSatisfy(line -> assertThat(line).contains("did not read its last answers"));
        }
    }

    /**
     * There are more unread answers than the transport buffers, but fewer than that and the 256 that may wait in the
     * server. Returns once the stream's place is free.
     */
    private void halfCloseWithoutReading() {
        try (RawConnection client = RawConnection.to(server.getPort())) {
            open(client, 1);
            client.send(1, REJECTED);
            client.message(1);
            client.send(1, REJECTED);
            int bytes = MESSAGE_PREFIX + client.message(1).length;

            client.hold();
            for (int sent = 0; sent < WITH_TRANSPORT / bytes + 128; sent++) {
                client.send(1, REJECTED);
            }
            client.halfClose(1);
            client.release();
            Served.await(() -> calls.count() == 0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void servicesAreListedWhereThatIsAllowed() {
        CompletableFuture<ServerReflectionResponse> listed = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests =
                ServerReflectionGrpc.newStub(channel()).serverReflectionInfo(new FirstResponse<>(listed));

        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(listed.join().getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("scopegate.v1.Classifier", "grpc.health.v1.Health");
        requests.onCompleted();
    }

    private record FirstResponse<T>(CompletableFuture<T> response) implements StreamObserver<T> {

        @Override
        public void onNext(T message) {
            response.complete(message);
        }

        @Override
        public void onError(Throwable fault) {
            response.completeExceptionally(fault);
        }

        @Override
        public void onCompleted() {}
    }

    private static void assertRefused(StreamClient stream, String text) {
        assertThat(stream.end())
                .extracting(Status::getCode, Status::getDescription)
                .containsExactly(Status.Code.RESOURCE_EXHAUSTED, text);
    }

    private static void open(RawConnection client, int stream) throws IOException {
        client.call(stream, STREAM, "");
        client.send(stream, OPEN);
        client.message(stream);
    }

    private static StreamClient open(ManagedChannel channel) throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        return stream;
    }

    private ManagedChannel channel() {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }
}
