package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.ModelReference;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.RepositorySettings;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedReloads;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that new versions take over while frames stream, with real files, real networks and the real watcher. */
@QuarkusTest
@TestProfile(ServedReloads.class)
class ReloadEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));

    @Inject
    GrpcServer server;

    @Inject
    HttpServer http;

    @Inject
    Models models;

    @Inject
    RepositorySettings settings;

    private ManagedChannel channel;
    private long sent;
    private long answered;
    private ModelReference known = ModelReference.getDefaultInstance();
    private final Set<String> judges = new LinkedHashSet<>();

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
    void noAnswerIsMissingAndEachNamesItsModelWhileVersionsComeAndFail() throws Exception {
        StreamClient stream = StreamClient.on(channel);
        StreamAccepted accepted =
                stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        known = accepted.getModel();
        for (int i = 0; i < accepted.getCredits(); i++) {
            send(stream);
        }

        TinyModel.version(2).publish(settings.first().root());
        streamUntilJudgedBy(stream, "2");
        TinyModel.version(3).publish(settings.first().root(), "no network".getBytes(StandardCharsets.UTF_8));
        Served.await(() -> ready().contains("\"quarantined tiny/3\""));
        TinyModel.version(4).publish(settings.first().root());
        streamUntilJudgedBy(stream, "4");

        while (answered < sent) {
            readAnswer(stream);
        }
        assertThat(judges).containsExactly("1", "2", "4");
    }

    /** Streams until a frame is judged by this version. The server must be ready all the time. */
    private void streamUntilJudgedBy(StreamClient stream, String version) throws Exception {
        while (!judges.contains(version)) {
            readAnswer(stream);
            send(stream);
            assertThat(ReadyPage.ask(http.getPort()).statusCode()).isEqualTo(200);
        }
    }

    private void send(StreamClient stream) {
        stream.send(StreamClient.frame(++sent, SPOT));
    }

    private void readAnswer(StreamClient stream) throws InterruptedException {
        ClassifyStreamResponse response = stream.next();
        if (response.hasModelChanged()) {
            known = response.getModelChanged().getModel();
            response = stream.next();
        }
        FrameAnswer answer = response.getAnswer();
        assertThat(answer.getFrameId()).isEqualTo(++answered);
        assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(answer.getModel()).isEqualTo(known);
        judges.add(answer.getModel().getVersion());
    }

    private String ready() {
        try {
            return ReadyPage.ask(http.getPort()).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
