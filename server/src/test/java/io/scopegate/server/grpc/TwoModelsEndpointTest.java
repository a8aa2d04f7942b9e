package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.AdminGrpc.AdminBlockingStub;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.ModelReport;
import io.scopegate.proto.v1.ModelSelection;
import io.scopegate.proto.v1.ModelStatus;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.proto.v1.UnloadModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.RepositorySettings;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTwoModels;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests two models served at once, with real files and real networks. {@code tiny} calls a spot in body, {@code
 * contrary} calls it out of body.
 */
@QuarkusTest
@TestProfile(ServedTwoModels.class)
class TwoModelsEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));
    private static final ModelVersion CONTRARY =
            ModelVersion.newBuilder().setName("contrary").setVersion(1).build();

    @Inject
    GrpcServer server;

    @Inject
    HttpServer http;

    @Inject
    Models models;

    @Inject
    RepositorySettings settings;

    private ManagedChannel channel;
    private AdminBlockingStub admin;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        Metadata token = new Metadata();
        token.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + ServedTwoModels.TOKEN);
        admin = AdminGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void eachStreamIsJudgedByTheModelThatItNames() throws Exception {
        StreamClient tiny = open("tiny");
        StreamClient contrary = open("contrary");
        StreamClient nameless = StreamClient.on(channel);
        nameless.open(StreamClient.jpegs());

        for (int id = 1; id <= 10; id++) {
            tiny.send(StreamClient.frame(id, SPOT));
            contrary.send(StreamClient.frame(id, SPOT));
            nameless.send(StreamClient.frame(id, SPOT));
            assertJudged(tiny.nextAnswer(), "tiny", Verdict.VERDICT_IN_BODY);
            assertJudged(contrary.nextAnswer(), "contrary", Verdict.VERDICT_OUT_OF_BODY);
            assertJudged(nameless.nextAnswer(), "tiny", Verdict.VERDICT_IN_BODY);
        }

        assertThat(ReadyPage.ask(http.getPort(), "/q/metrics").body())
                .containsPattern(
                        "scopegate_frames_total\\{model=\"contrary\",outcome=\"classified\",reason=\"model\"} ")
                .containsPattern("scopegate_frames_total\\{model=\"tiny\",outcome=\"classified\",reason=\"model\"} ")
                .contains(
                        "scopegate_model_served{model=\"contrary/1\",target=\"cpu\"} 1",
                        "scopegate_model_served{model=\"tiny/1\",target=\"cpu\"} 1",
                        "scopegate_queue_depth{stage=\"decode\"} 0.0",
                        "scopegate_queue_depth{stage=\"infer\"} 0.0");
    }

    @Test
    void aSingleFrameIsJudgedByTheModelThatItNames() {
        assertJudged(classify("tiny"), "tiny", Verdict.VERDICT_IN_BODY);
        assertJudged(classify("contrary"), "contrary", Verdict.VERDICT_OUT_OF_BODY);
    }

    @Test
    void aModelThatIsNotServedIsNotFoundThoughItIsThere() {
        StreamClient stream = StreamClient.on(channel);
        stream.send(ClassifyStreamRequest.newBuilder().setOpen(naming("nan")).build());

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(stream.end().getDescription()).contains("model: one of [tiny, contrary], not nan/*");
    }

    @Test
    void aVersionThatFailsConcernsItsOwnModelAlone() throws Exception {
        StreamClient tiny = open("tiny");
        StreamClient contrary = open("contrary");

        TinyModel.spotRefuser(2).publish(settings.first().root(), "no network".getBytes(StandardCharsets.UTF_8));
        Served.await(() -> status("contrary", 2) == ModelStatus.MODEL_STATUS_QUARANTINED);

        assertJudged(contrary.classify(StreamClient.frame(1, SPOT)), "contrary", Verdict.VERDICT_OUT_OF_BODY);
        assertJudged(tiny.classify(StreamClient.frame(1, SPOT)), "tiny", Verdict.VERDICT_IN_BODY);
        assertThat(status("contrary", 1)).isEqualTo(ModelStatus.MODEL_STATUS_SERVED);
        assertThat(status("tiny", 1)).isEqualTo(ModelStatus.MODEL_STATUS_SERVED);
        assertThat(ReadyPage.ask(http.getPort()).body())
                .contains("\"status\": \"UP\"", "\"contrary: quarantined contrary/2\"", "\"tiny: version\": 1");
    }

    @Test
    void anUnloadedModelFailsItsOwnStreamsAlone() throws Exception {
        StreamClient tiny = open("tiny");
        StreamClient contrary = open("contrary");
        Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .watch(service("model/contrary"));
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        admin.unloadModel(UnloadModelRequest.newBuilder().setModel(CONTRARY).build());

        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        contrary.send(StreamClient.frame(1, SPOT));
        ClassifyStreamResponse news = contrary.next();
        assertThat(news.getModelChanged().hasModel()).isFalse();
        FrameAnswer answer = contrary.nextAnswer();
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(answer.getReason()).isEqualTo(Reason.REASON_NO_MODEL);
        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertJudged(tiny.classify(StreamClient.frame(1, SPOT)), "tiny", Verdict.VERDICT_IN_BODY);
        assertThat(check("model/tiny")).isEqualTo(ServingStatus.SERVING);
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(ReadyPage.ask(http.getPort()).statusCode()).isEqualTo(503);

        admin.unpinModel(UnpinModelRequest.newBuilder().setName("contrary").build());

        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(check("scopegate.v1.Classifier")).isEqualTo(ServingStatus.SERVING);
        assertThat(ReadyPage.ask(http.getPort()).statusCode()).isEqualTo(200);
    }

    @Test
    void anOrderThatNamesNoModelIsRefusedWhereThereAreSeveral() {
        assertThatThrownBy(() -> admin.unpinModel(UnpinModelRequest.getDefaultInstance()))
                .hasMessage("INVALID_ARGUMENT: name: one of [tiny, contrary], not absent");
        assertThatThrownBy(() -> admin.unpinModel(
                        UnpinModelRequest.newBuilder().setName("nan").build()))
                .hasMessage("NOT_FOUND: model: one of [tiny, contrary], not nan");
    }

    private StreamClient open(String model) throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        assertThat(stream.open(naming(model)).getModel().getName()).isEqualTo(model);
        return stream;
    }

    private static StreamOpen.Builder naming(String model) {
        return StreamClient.jpegs().setModel(ModelSelection.newBuilder().setName(model));
    }

    private FrameAnswer classify(String model) {
        FrameFormat jpeg = FrameFormat.newBuilder()
                .setPixelFormat(PixelFormat.PIXEL_FORMAT_JPEG)
                .build();
        return ClassifierGrpc.newBlockingStub(channel)
                .classify(ClassifyRequest.newBuilder()
                        .setFrame(StreamClient.frame(1, SPOT).setFormat(jpeg))
                        .setModel(ModelSelection.newBuilder().setName(model))
                        .build())
                .getAnswer();
    }

    private static void assertJudged(FrameAnswer answer, String model, Verdict verdict) {
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        assertThat(answer.getModel().getName()).isEqualTo(model);
        assertThat(answer.getVerdict()).isEqualTo(verdict);
    }

    private ModelStatus status(String name, int version) {
        return admin.listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
                .filter(report -> report.getModel().getName().equals(name)
                        && report.getModel().getVersion().equals(String.valueOf(version)))
                .map(ModelReport::getStatus)
                .findFirst()
                .orElse(ModelStatus.MODEL_STATUS_UNSPECIFIED);
    }

    private ServingStatus check(String name) {
        return HealthGrpc.newBlockingStub(channel).check(service(name)).getStatus();
    }

    private static HealthCheckRequest service(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }
}
