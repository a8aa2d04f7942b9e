package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifierGrpc.ClassifierBlockingStub;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.ModelSelection;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServedTinyModel.class)
class UnaryEndpointTest {

    private static final byte[] SPOT = Pictures.png(Pictures.spot(320, 240));
    private static final FrameFormat PNG = FrameFormat.newBuilder()
            .setPixelFormat(PixelFormat.PIXEL_FORMAT_PNG)
            .build();

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    OpenCalls calls;

    @Inject
    AuditSettings audit;

    @Inject
    AuditTrail trail;

    @Inject
    HttpServer http;

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
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void oneFrameIsClassified() {
        ClassifyResponse response = stub().classify(ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(5, SPOT).setFormat(PNG))
                .build());

        assertThat(response.getAnswer().getFrameId()).isEqualTo(5);
        assertThat(response.getAnswer().getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(response.getLabelsList()).containsExactly("inbody", "outbody");
        assertThat(response.getInBodyThreshold()).isEqualTo(TinyModel.THRESHOLD);
    }

    @Test
    void eachVerdictChangeOfADeviceIsAudited() throws Exception {
        ClassifyRequest sound = ClassifyRequest.newBuilder()
                .setDeviceId("tower-3")
                .setFrame(StreamClient.frame(5, SPOT).setFormat(PNG))
                .build();
        stub().classify(sound);
        stub().classify(sound);
        stub().classify(sound.toBuilder().setFrame(StreamClient.frame(6, SPOT)).build());

        Path log = Objects.requireNonNull(audit.directory()).resolve("audit-00000001.jsonl");
        Served.await(() -> lines(log).size() > 1);
        assertThat(lines(log)).hasSize(2);
        assertThat(lines(log).getFirst())
                .contains("\"call\":\"single\",\"device\":\"tower-3\",\"frame\":\"5\",\"verdict\":\"IN_BODY\"");
        assertThat(lines(log).getLast())
                .contains("\"frame\":\"6\",\"verdict\":\"OUT_OF_BODY\",\"reason\":\"UNSUPPORTED_FORMAT\"");
    }

    private static List<String> lines(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("\"tower-3\"")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void metricsTellThatTheAuditLogIsWritten() throws Exception {
        stub().classify(ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(5, SPOT))
                .build());
        Served.await(() -> trail.state().equals("writing"));

        assertThat(ReadyPage.ask(http.getPort(), "/q/metrics").body())
                .contains("scopegate_audit_writing 1.0", "scopegate_audit_events_lost_total 0.0");
    }

    @Test
    void frameWithoutFormatIsAnsweredRejected() {
        ClassifyResponse response = stub().classify(ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(5, SPOT))
                .build());

        assertThat(response.getAnswer().getOutcome()).isEqualTo(Outcome.OUTCOME_REJECTED);
        assertThat(response.getAnswer().getReason()).isEqualTo(Reason.REASON_UNSUPPORTED_FORMAT);
    }

    @Test
    void requestWithoutFrameIsRefused() {
        assertThatThrownBy(() -> stub().classify(ClassifyRequest.getDefaultInstance()))
                .extracting(fault -> Status.fromThrowable(fault).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void modelThatIsNotServedIsNotFound() {
        ClassifyRequest request = ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(5, SPOT).setFormat(PNG))
                .setModel(ModelSelection.newBuilder().setName("other"))
                .build();

        assertThatThrownBy(() -> stub().classify(request))
                .extracting(fault -> Status.fromThrowable(fault).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void messageOverTheLimitIsRefusedAndBothSizesAreNamed() {
        ClassifyRequest request = ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(5, new byte[3 << 20]).setFormat(PNG))
                .build();

        assertThatThrownBy(() -> stub().classify(request)).satisfies(fault -> {
            Status status = Status.fromThrowable(fault);
            assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(status.getDescription())
                    .isEqualTo("message: at most 1048576 bytes, not " + request.getSerializedSize());
        });
    }

    private ClassifierBlockingStub stub() {
        return ClassifierGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }
}
