package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.HeldSession;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedHungNetwork;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests a run that hangs, and a device that fails for good: frames fail, and health reports it until the network
 * answers again. gRPC health is told just after the watchdog has changed, so it is waited for.
 */
@QuarkusTest
@TestProfile(ServedHungNetwork.class)
class HungNetworkEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(64, 48));
    private static final int FRAMES = 4;

    @Inject
    GrpcServer server;

    @Inject
    HttpServer http;

    @Inject
    Models models;

    private final HeldSession held = new HeldSession();
    private NetworkWatchdog watchdog;
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        watchdog = models.first().watchdog();
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        held.letGo();
        ModelSlots.serveNone(models.first().slot(), "taken away");
        Served.await(() -> watchdog.life().alive());
        channel.shutdownNow();
    }

    @Test
    void aHungRunFailsAllFramesInOrderAndTurnsHealthUntilItReturns() throws Exception {
        ModelSlots.serve(models.first().slot(), held, ModelSlots.tensors(4));
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        for (int id = 1; id <= FRAMES; id++) {
            stream.send(StreamClient.frame(id, SPOT));
        }

        for (int id = 1; id <= FRAMES; id++) {
            FrameAnswer answer = stream.nextAnswer();
            assertThat(answer.getFrameId()).isEqualTo(id);
            assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
            assertThat(answer.getReason()).isEqualTo(Reason.REASON_INFERENCE_FAILED);
            assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        }
        assertThat(held.runs()).isEqualTo(1);
        assertHealthIsDown("a run of the network does not return");

        held.letGo();
        Served.await(() -> watchdog.life().alive());

        assertThat(page("/q/health/live").statusCode()).isEqualTo(200);
        Served.await(() -> grpcHealth() == ServingStatus.SERVING);
        assertThat(stream.classify(StreamClient.frame(FRAMES + 1, SPOT)).getOutcome())
                .isEqualTo(Outcome.OUTCOME_CLASSIFIED);
    }

    @Test
    void aDeviceThatFailsForGoodIsFoundWithoutAFrame() throws Exception {
        ModelSlots.serve(models.first().slot(), FakeSession.failing());

        Served.await(() -> !watchdog.life().alive());

        assertHealthIsDown("every run of the network fails");
        ModelSlots.serve(models.first().slot(), FakeSession.giving(5, 0));
        Served.await(() -> watchdog.life().alive());
        Served.await(() -> grpcHealth() == ServingStatus.SERVING);
    }

    private void assertHealthIsDown(String reason) throws Exception {
        HttpResponse<String> live = page("/q/health/live");
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).contains("\"reason\": \"" + reason + "\"");
        assertThat(page("/q/health/ready").statusCode()).isEqualTo(503);
        Served.await(() -> grpcHealth() == ServingStatus.NOT_SERVING);
    }

    private HttpResponse<String> page(String path) throws Exception {
        return ReadyPage.ask(http.getPort(), path);
    }

    private ServingStatus grpcHealth() {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService("").build())
                .getStatus();
    }
}
