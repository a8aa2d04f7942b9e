package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.ModelSelection;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.grpc.BadFrames.BadFrame;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests clients' mistakes. A frame at fault is answered as rejected, and the stream goes on; a breach of the contract
 * ends the stream.
 */
@QuarkusTest
@TestProfile(ServedTinyModel.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class BadInputEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));
    private static final String DEVICE_ID = "device_id: at most 128 characters of [A-Za-z0-9._:-], not ";
    private static final Timestamp LATER =
            Timestamp.newBuilder().setSeconds(100).build();

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void badFramesAreRejectedAndTheStreamStaysOpen() throws Exception {
        for (BadFrame bad : BadFrames.all().toList()) {
            StreamClient stream = StreamClient.on(channel);
            stream.open(StreamClient.jpegs());
            stream.classify(StreamClient.frame(1, SPOT).setCaptureTime(LATER));

            FrameAnswer answer = stream.classify(bad.frame());
            FrameAnswer next = stream.classify(StreamClient.frame(3, SPOT));

            assertThat(answer.getFrameId()).as(bad.name()).isEqualTo(bad.frame().getFrameId());
            assertThat(answer.getOutcome()).as(bad.name()).isEqualTo(Outcome.OUTCOME_REJECTED);
            assertThat(answer.getVerdict()).as(bad.name()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
            assertThat(answer.getReason()).as(bad.name()).isEqualTo(bad.reason());
            assertThatStatusNames(answer, bad);
            assertThat(next.getVerdict()).as(bad.name()).isEqualTo(Verdict.VERDICT_IN_BODY);
            stream.cancel();
        }
    }

    private static void assertThatStatusNames(FrameAnswer answer, BadFrame bad) throws InvalidProtocolBufferException {
        assertThat(answer.getStatus().getCode()).as(bad.name()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        ErrorInfo info = answer.getStatus().getDetails(0).unpack(ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo(bad.reason().name());
        assertThat(info.getDomain()).isEqualTo("scopegate.io");
        assertThat(info.getMetadataMap()).as(bad.name()).containsEntry("field", bad.field());
        assertThat(info.getMetadataMap()).as(bad.name()).containsKeys("limit", "value");
    }

    @Test
    void breachesOfTheContractEndTheStream() {
        assertBreach("open as the first, not frame", request -> request.setFrame(StreamClient.frame(1, SPOT)));
        assertBreach("open as the first, not clock_probe", request -> request.setClockProbe(ClockProbe.newBuilder()));
        assertBreach("message: open, frame or clock_probe, not absent", request -> request);
    }

    @Test
    void secondOpenEndsTheStream() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());

        stream.send(
                ClassifyStreamRequest.newBuilder().setOpen(StreamClient.jpegs()).build());

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(stream.end().getDescription()).contains("frame or clock_probe after the first, not open");
    }

    @Test
    void openWithAnInvalidFieldIsRefusedNamingTheField() {
        Map<String, UnaryOperator<StreamOpen.Builder>> cases = Map.of(
                DEVICE_ID + "a/b",
                open -> open.setDeviceId("a/b"),
                DEVICE_ID + "aaa",
                open -> open.setDeviceId("a".repeat(129)),
                "open.frame_rate: 0 to 1000.0, not NaN",
                open -> open.setFrameRate(Double.NaN),
                "open.delivery_policy",
                open -> open.setDeliveryPolicyValue(99),
                "open.age_budget: above 0",
                open -> open.setAgeBudget(Duration.getDefaultInstance()),
                "open.in_body_threshold: 0 to 1, not 1.01",
                open -> open.setInBodyThreshold(1.01),
                "open.in_body_threshold: 0 to 1, not NaN",
                open -> open.setInBodyThreshold(Double.NaN),
                "open.format.pixel_format",
                open -> open.setFormat(FrameFormat.newBuilder()),
                "open.format.width: 1 to 8192, not 0",
                open -> open.setFormat(raw(0, 10)),
                "open.format.height: 1 to 8192, not 8193",
                open -> open.setFormat(raw(10, 8193)));

        cases.forEach(
                (text, change) -> assertBreach(text, request -> request.setOpen(change.apply(StreamClient.jpegs()))));
    }

    @Test
    void modelThatIsNotServedIsNotFound() {
        Stream.of("other/", "tiny/2").forEach(reference -> {
            String[] parts = reference.split("/", -1);
            StreamClient stream = StreamClient.on(channel);
            stream.send(ClassifyStreamRequest.newBuilder()
                    .setOpen(StreamClient.jpegs()
                            .setModel(ModelSelection.newBuilder()
                                    .setName(parts[0])
                                    .setVersion(parts[1])))
                    .build());

            assertThat(stream.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(stream.end().getDescription()).contains("model: tiny/1, not ");
        });
    }

    @Test
    void modelThatIsServedMayBeNamed() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);

        var accepted = stream.open(StreamClient.jpegs()
                .setModel(ModelSelection.newBuilder().setName("tiny").setVersion("1")));

        assertThat(accepted.getModel().getName()).isEqualTo("tiny");
    }

    @Test
    void reflectionIsOffUnlessAskedFor() {
        CompletableFuture<Status> end = new CompletableFuture<>();
        ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new OnlyTheEnd(end))
                .onCompleted();

        assertThat(end.join().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private record OnlyTheEnd(CompletableFuture<Status> end) implements StreamObserver<ServerReflectionResponse> {

        @Override
        public void onNext(ServerReflectionResponse response) {}

        @Override
        public void onError(Throwable fault) {
            end.complete(Status.fromThrowable(fault));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    private void assertBreach(String text, UnaryOperator<ClassifyStreamRequest.Builder> change) {
        StreamClient stream = StreamClient.on(channel);

        stream.send(change.apply(ClassifyStreamRequest.newBuilder()).build());

        assertThat(stream.end().getCode()).as(text).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(stream.end().getDescription()).contains(text);
    }

    private static FrameFormat.Builder raw(int width, int height) {
        return FrameFormat.newBuilder()
                .setPixelFormat(PixelFormat.PIXEL_FORMAT_RGB8)
                .setWidth(width)
                .setHeight(height);
    }
}
