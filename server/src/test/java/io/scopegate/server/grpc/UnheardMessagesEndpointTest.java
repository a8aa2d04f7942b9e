package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.RawConnection;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that each frame that arrives is answered or counted, even if it arrives together with the end of its call. */
@QuarkusTest
@TestProfile(ServedTinyModel.class)
class UnheardMessagesEndpointTest {

    private static final String STREAM =
            "/" + ClassifierGrpc.getClassifyStreamMethod().getFullMethodName();
    private static final String SINGLE =
            "/" + ClassifierGrpc.getClassifyMethod().getFullMethodName();
    private static final String HEALTH = "/" + HealthGrpc.getCheckMethod().getFullMethodName();
    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(64, 48));
    private static final ClassifyStreamRequest OPEN =
            ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build();
    private static final ClassifyStreamRequest PROBE = ClassifyStreamRequest.newBuilder()
            .setClockProbe(ClockProbe.getDefaultInstance())
            .build();
    private static final byte[] NO_MESSAGE = {0x12, 100, 1};
    private static final int ROOM = 65_535;
    private static final int CALL = 1;

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    OpenCalls calls;

    @Inject
    MeterRegistry meters;

    private RawConnection client;
    private Map<String, Integer> framesBefore;
    private Map<String, Integer> refusedBefore;
    private final Set<Integer> open = new HashSet<>();
    private int last;

    /**
     * Something that ends a call: its bytes on the wire, the reason by which it is counted, and the headers of its
     * call.
     */
    enum Fault {
        TOO_LARGE("too_large", new byte[] {0, 0, 0x20, 0, 0, 1, 2}, Map.of()),
        /** Only the lowest bit of the byte before the length may be set. */
        RESERVED_FLAG_BITS_SET("unreadable", new byte[] {2, 0, 0, 0, 1, 1}, Map.of()),
        COMPRESSED_WITHOUT_ENCODING_HEADER("unreadable", new byte[] {1, 0, 0, 0, 1, 1}, Map.of()),
        NOT_COMPRESSED_AS_ITS_HEADER_SAYS("unreadable", new byte[] {1, 0, 0, 0, 1, 1}, Map.of("grpc-encoding", "gzip"));

        private final String reason;
        private final byte[] bytes;
        private final Map<String, String> saidBefore;

        Fault(String reason, byte[] bytes, Map<String, String> saidBefore) {
            this.reason = reason;
            this.bytes = bytes;
            this.saidBefore = saidBefore;
        }
    }

    @BeforeEach
    void connect() throws IOException {
        Served.awaitModel(models);
        client = RawConnection.to(server.getPort());
        framesBefore = frames();
        refusedBefore = refused();
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void framesReadTogetherWithABadMessageAreCounted(Fault fault) throws IOException {
        begin(CALL, STREAM, fault.saidBefore);
        client.send(CALL, OPEN);
        client.message(CALL);

        client.hold();
        for (int id = 1; id <= 3; id++) {
            client.send(CALL, frame(id));
        }
        client.more(CALL, fault.bytes);
        client.release();

        assertThat(client.awaitStatus(CALL)).isTrue();
        assertFramesCounted(3, Map.of(fault.reason, 1));
    }

    /** Streams send random numbers of frames, with clock probes between them, in the same read as the opening. */
    @Test
    void framesReadTogetherWithAnOversizedMessageAreCounted() throws IOException {
        Random random = new Random(7);
        int frames = 0;
        for (int stream = 1; stream < 100; stream += 2) {
            client.hold();
            begin(stream, STREAM);
            client.send(stream, OPEN);
            int messages = random.nextInt(12);
            for (int k = 0; k < messages; k++) {
                client.send(stream, random.nextInt(4) == 0 ? PROBE : frame(++frames));
            }
            client.more(stream, Fault.TOO_LARGE.bytes);
            client.release();
            client.awaitEnd(stream);
            reset(stream);
        }

        assertFramesCounted(frames, Map.of("too_large", 50));
    }

    /** The call's status waits behind its acceptance, for which the client has no room. */
    @Test
    void oversizedMessageOfAnEndedCallCountsAsCallOver() throws IOException {
        client.streamWindow(0);
        begin(CALL, STREAM);
        client.send(CALL, OPEN);
        client.send(CALL, NO_MESSAGE, NO_MESSAGE.length);
        Served.await(() -> since(refusedBefore, refused()).containsKey("unreadable"));

        client.more(CALL, Fault.TOO_LARGE.bytes);

        Served.await(() -> since(refusedBefore, refused()).size() == 2);
        client.streamWindow(ROOM);
        assertRefused(Map.of("unreadable", 1, "call_over", 1));
    }

    @Test
    void messagesReadAfterAMalformedOneCountAsCallOver() throws IOException {
        client.hold();
        begin(CALL, STREAM);
        client.send(CALL, OPEN);
        for (int k = 0; k < 3; k++) {
            client.send(CALL, NO_MESSAGE, NO_MESSAGE.length);
        }
        client.release();

        client.awaitEnd(CALL);
        assertRefused(Map.of("unreadable", 1, "call_over", 2));
    }

    @Test
    void partialMessageAtHalfCloseCountsAsUnreadable() throws IOException {
        begin(CALL, STREAM);
        client.send(CALL, OPEN);
        client.message(CALL);

        client.send(CALL, new byte[10], 20);
        client.halfClose(CALL);

        client.awaitEnd(CALL);
        assertRefused(Map.of("unreadable", 1));
    }

    @Test
    void twoMessagesOfASingleCallCountAsNotAllowed() throws IOException {
        begin(CALL, SINGLE);
        client.send(CALL, single());
        client.send(CALL, single());

        client.awaitEnd(CALL);
        assertRefused(Map.of("not_allowed", 2));
    }

    @Test
    void singleCallMessageBeforeAnOversizedOneCountsAsCallOver() throws IOException {
        client.hold();
        begin(CALL, SINGLE);
        client.send(CALL, single());
        client.more(CALL, Fault.TOO_LARGE.bytes);
        client.release();

        client.awaitEnd(CALL);
        assertRefused(Map.of("too_large", 1, "call_over", 1));
    }

    /** A single call begins when its client half-closes. */
    @Test
    void messageOfACancelledUnstartedSingleCallCountsAsCallOver() throws IOException {
        client.hold();
        begin(CALL, SINGLE);
        client.send(CALL, single());
        client.release();
        awaitTurn();

        assertRefused(Map.of("call_over", 1));
    }

    /**
     * The messages of a health check are not counted, although there is one too many; a message over the limit of a
     * single call is.
     */
    @Test
    void messageOfAServiceWithoutFramesIsNotCounted() throws IOException {
        begin(CALL, HEALTH);
        client.send(CALL, HealthCheckRequest.getDefaultInstance());
        client.send(CALL, HealthCheckRequest.getDefaultInstance());
        client.awaitEnd(CALL);

        begin(CALL + 2, SINGLE);
        client.more(CALL + 2, Fault.TOO_LARGE.bytes);

        client.awaitEnd(CALL + 2);
        assertRefused(Map.of("too_large", 1));
    }

    private static ClassifyStreamRequest frame(long id) {
        return ClassifyStreamRequest.newBuilder()
                .setFrame(StreamClient.frame(id, SPOT))
                .build();
    }

    private static MessageLite single() {
        return ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(1, SPOT))
                .build();
    }

    private void begin(int stream, String path) throws IOException {
        begin(stream, path, Map.of());
    }

    private void begin(int stream, String path, Map<String, String> more) throws IOException {
        client.call(stream, path, more);
        last = stream;
        open.add(stream);
    }

    private void reset(int stream) throws IOException {
        client.reset(stream);
        open.remove(stream);
    }

    /**
     * Resets all calls that are still open and waits until the server has finished with them: nothing is counted after
     * this.
     */
    private void settle() throws IOException {
        for (int stream : List.copyOf(open)) {
            reset(stream);
        }
        Served.await(() -> calls.count() == 0);
        awaitTurn();
    }

    /** Waits until the server has handled everything sent so far: it handles what arrives on a connection in order. */
    private void awaitTurn() throws IOException {
        last += 2;
        client.call(last, HEALTH, "");
        client.send(last, HealthCheckRequest.getDefaultInstance());
        client.halfClose(last);
        client.awaitEnd(last);
    }

    /** Asserts that exactly these messages were refused since the test began, and that no frame was counted. */
    private void assertRefused(Map<String, Integer> refused) throws IOException {
        settle();
        assertThat(since(framesBefore, frames())).isEmpty();
        assertThat(since(refusedBefore, refused())).isEqualTo(refused);
    }

    /**
     * Asserts what was counted since the test began; nothing else may have been.
     *
     * @param frames that were counted as frames or as those of a call that was over
     * @param refused the other messages
     */
    private void assertFramesCounted(int frames, Map<String, Integer> refused) throws IOException {
        settle();
        Map<String, Integer> others = since(refusedBefore, refused());
        Integer late = others.remove("call_over");
        assertThat(total(since(framesBefore, frames())) + (late == null ? 0 : late))
                .isEqualTo(frames);
        assertThat(others).isEqualTo(refused);
    }

    private static int total(Map<String, Integer> counted) {
        return counted.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> since(Map<String, Integer> before, Map<String, Integer> now) {
        Map<String, Integer> counted = new HashMap<>(now);
        before.forEach((what, count) -> counted.merge(what, -count, Integer::sum));
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    private Map<String, Integer> frames() {
        return counts("scopegate.frames", "outcome");
    }

    private Map<String, Integer> refused() {
        return counts("scopegate.messages.refused", "reason");
    }

    private Map<String, Integer> counts(String meter, String by) {
        Map<String, Integer> counts = new HashMap<>();
        for (Counter counter : meters.find(meter).counters()) {
            counts.merge(String.valueOf(counter.getId().getTag(by)), (int) counter.count(), Integer::sum);
        }
        return counts;
    }
}
