package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.ModelChanged;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedNoModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServedNoModel.class)
class NoModelEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));

    @Inject
    GrpcServer server;

    @Inject
    HttpServer http;

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
        ModelSlots.serveNone(models.first().slot(), "taken away");
        channel.shutdownNow();
    }

    @Test
    void framesFailOutOfBody() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        StreamAccepted accepted = stream.open(StreamClient.jpegs());

        FrameAnswer answer = stream.classify(StreamClient.frame(1, SPOT));

        assertThat(accepted.hasModel()).isFalse();
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(answer.getReason()).isEqualTo(Reason.REASON_NO_MODEL);
        assertThat(answer.getProbabilitiesList()).isEmpty();
    }

    @Test
    void healthSaysNotReadyAndWhy() throws Exception {
        ModelSlots.serveNone(models.first().slot(), "for a test");

        HttpResponse<String> page = ReadyPage.ask(http.getPort());

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("\"reason\": \"for a test\"");
        assertThat(grpcHealth("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(grpcHealth("scopegate.v1.Classifier")).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void aServerWithoutAModelHasStarted() throws Exception {
        HttpResponse<String> page = ReadyPage.ask(http.getPort(), "/q/health/started");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("\"name\": \"start\"");
    }

    @Test
    void aHealthPageWithoutAnyCheckIsNotThere() throws Exception {
        assertThat(ReadyPage.ask(http.getPort(), "/q/health/group/readi").statusCode())
                .isEqualTo(404);
        assertThat(ReadyPage.ask(http.getPort(), "/q/health/well").statusCode()).isEqualTo(404);
    }

    @Test
    void healthSaysReadyOnceAModelIsServed() throws Exception {
        ModelSlots.serve(models.first().slot(), FakeSession.giving(5, 0));

        HttpResponse<String> page = ReadyPage.ask(http.getPort());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("\"name\": \"fake\"", "\"version\": 1", "\"digest\": \"sha256:0\"");
        assertThat(grpcHealth("")).isEqualTo(ServingStatus.SERVING);
        assertThat(grpcHealth("scopegate.v1.Classifier")).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void modelChangeIsSentBeforeTheNewModelsFirstAnswer() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        stream.classify(StreamClient.frame(1, SPOT));

        ModelSlots.serve(models.first().slot(), FakeSession.giving(5, 0));
        stream.send(StreamClient.frame(2, SPOT));

        ModelChanged changed = stream.next().getModelChanged();
        assertThat(changed.getModel().getName()).isEqualTo("fake");
        assertThat(changed.getInBodyThreshold()).isEqualTo(0.6);
        assertThat(stream.nextAnswer().getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);

        ModelSlots.serveNone(models.first().slot(), "taken away");
        stream.send(StreamClient.frame(3, SPOT));

        assertThat(stream.next().getModelChanged().hasModel()).isFalse();
        assertThat(stream.nextAnswer().getReason()).isEqualTo(Reason.REASON_NO_MODEL);
    }

    @Test
    void nobodyMayAdministerWhereThatIsNotTurnedOn() {
        assertThatThrownBy(() -> AdminGrpc.newBlockingStub(channel).listModels(ListModelsRequest.getDefaultInstance()))
                .hasMessageContaining("UNIMPLEMENTED: scopegate.admin.enabled is not set");
    }

    private ServingStatus grpcHealth(String service) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }
}
