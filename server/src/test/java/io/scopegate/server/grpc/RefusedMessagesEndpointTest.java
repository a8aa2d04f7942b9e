package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifierGrpc.ClassifierBlockingStub;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.ModelSelection;
import io.scopegate.server.model.Models;
import io.scopegate.server.telemetry.RefusedMessage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that a message that ends its call and may have held a frame is counted exactly once, by what was wrong with it.
 */
@QuarkusTest
@TestProfile(ServedTinyModel.class)
class RefusedMessagesEndpointTest {

    private static final ClassifyStreamRequest OPEN =
            ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build();
    private static final Frame.Builder SMALL = StreamClient.frame(1, new byte[10]);
    private static final Frame.Builder TOO_LARGE = StreamClient.frame(1, new byte[3 << 20]);

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    OpenCalls calls;

    @Inject
    MeterRegistry meters;

    private ManagedChannel channel;
    private Map<RefusedMessage, Integer> before;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        before = counts();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void oversizedStreamMessageIsCountedAsTooLarge() throws InterruptedException {
        streamEndsWith(frame(TOO_LARGE).toByteArray());

        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.TOO_LARGE, 1));
    }

    @Test
    void oversizedSingleCallMessageIsCountedAsTooLarge() {
        callEndsWith(stub(), ClassifyRequest.newBuilder().setFrame(TOO_LARGE));

        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.TOO_LARGE, 1));
    }

    @Test
    void messageOversizedAfterDecompressionIsCountedAsTooLarge() {
        callEndsWith(
                stub().withCompression("gzip"), ClassifyRequest.newBuilder().setFrame(TOO_LARGE));

        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.TOO_LARGE, 1));
    }

    @Test
    void malformedMessageIsCountedAsUnreadable() throws InterruptedException {
        streamEndsWith(new byte[] {0x12, 100, 1});

        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.UNREADABLE, 1));
    }

    @Test
    void messageWithTooManyFieldsIsCountedAsTooManyParts() throws InterruptedException {
        byte[] fieldThatNobodyKnows = {0x78, 0};
        ByteString message = ByteString.EMPTY;
        for (int i = 0; i < 300; i++) {
            message = message.concat(ByteString.copyFrom(fieldThatNobodyKnows));
        }

        streamEndsWith(message.toByteArray());

        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.TOO_MANY_PARTS, 1));
    }

    /**
     * The messages behind the first either arrive while the call is being ended, which counts as {@code call_over}, or
     * are not read at all.
     */
    @Test
    void onlyTheFirstBadMessageOfACallIsCountedByItsFault() throws InterruptedException {
        RawStream stream = new RawStream(channel);
        stream.send(OPEN);
        for (int i = 0; i < 5; i++) {
            stream.send(new byte[] {0x12, 100, 1});
        }

        assertThat(stream.nextAnswer()).isNull();
        awaitTurn();
        Map<RefusedMessage, Integer> counted = counted();
        counted.remove(RefusedMessage.CALL_OVER);
        assertThat(counted).isEqualTo(Map.of(RefusedMessage.UNREADABLE, 1));
    }

    /** A second opening ends its call, but certainly holds no frame: it is not counted. */
    @Test
    void refusedMessageWithoutAFrameIsNotCounted() throws InterruptedException {
        RawStream stream = new RawStream(channel);
        stream.send(OPEN);
        stream.send(OPEN);

        assertThat(stream.nextAnswer()).isNull();
        assertThat(counted()).isEmpty();
    }

    /** An unreadable message of a health check is not counted. */
    @Test
    void refusedMessageOfAServiceWithoutFramesIsNotCounted() {
        byte[] noMessage = {0x0a, 100, 1};
        MethodDescriptor<byte[], HealthCheckResponse> check = HealthGrpc.getCheckMethod().toBuilder(
                        new RawStream.RawBytes(), HealthGrpc.getCheckMethod().getResponseMarshaller())
                .build();

        Throwable refusal =
                catchThrowable(() -> ClientCalls.blockingUnaryCall(channel, check, CallOptions.DEFAULT, noMessage));

        assertThat(refusal).hasMessageStartingWith("INVALID_ARGUMENT");
        assertThat(counted()).isEmpty();
    }

    @Test
    void frameBeforeTheOpenIsCountedAsNotAllowed() throws InterruptedException {
        RawStream stream = new RawStream(channel);

        stream.send(frame(SMALL));

        assertThat(stream.nextAnswer()).isNull();
        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.NOT_ALLOWED, 1));
    }

    @Test
    void singleFrameForAnUnservedModelIsCountedAsNotAllowed() {
        callEndsWith(
                stub(),
                ClassifyRequest.newBuilder()
                        .setFrame(SMALL)
                        .setModel(ModelSelection.newBuilder().setName("other")));

        assertThat(counted()).isEqualTo(Map.of(RefusedMessage.NOT_ALLOWED, 1));
    }

    /** Waits until the server has handled everything sent so far: it handles what arrives on a connection in order. */
    private void awaitTurn() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    private void streamEndsWith(byte[] message) throws InterruptedException {
        RawStream stream = new RawStream(channel);
        stream.send(OPEN);
        stream.send(message);
        assertThat(stream.nextAnswer()).isNull();
    }

    private static void callEndsWith(ClassifierBlockingStub stub, ClassifyRequest.Builder request) {
        assertThat(catchThrowable(() -> stub.classify(request.build()))).isInstanceOf(StatusRuntimeException.class);
    }

    private ClassifierBlockingStub stub() {
        return ClassifierGrpc.newBlockingStub(channel);
    }

    private static ClassifyStreamRequest frame(Frame.Builder frame) {
        return ClassifyStreamRequest.newBuilder().setFrame(frame).build();
    }

    /** Returns how often each reason was counted since the test began, without those that were not. */
    private Map<RefusedMessage, Integer> counted() {
        Map<RefusedMessage, Integer> counted = counts();
        counted.replaceAll((why, count) -> count - before.getOrDefault(why, 0));
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    private Map<RefusedMessage, Integer> counts() {
        Map<RefusedMessage, Integer> counts = new EnumMap<>(RefusedMessage.class);
        for (RefusedMessage why : RefusedMessage.values()) {
            counts.put(why, (int) meters.get("scopegate.messages.refused")
                    .tag("reason", why.name().toLowerCase(Locale.ROOT))
                    .counter()
                    .count());
        }
        return counts;
    }
}
