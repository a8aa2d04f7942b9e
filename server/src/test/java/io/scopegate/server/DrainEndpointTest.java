package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.ReadyPage;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedTinyModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drains a server that has an open stream. It needs a server of its own, since that takes no frames afterwards. */
@QuarkusTest
@TestProfile(DrainEndpointTest.OwnServer.class)
class DrainEndpointTest {

    @Inject
    GrpcServer server;

    @Inject
    HttpServer http;

    @Inject
    Models models;

    @Inject
    ServerLife life;

    /** The settings of {@link ServedTinyModel} in a profile of its own, for which Quarkus starts a separate server. */
    public static final class OwnServer implements io.quarkus.test.junit.QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return new ServedTinyModel().getConfigOverrides();
        }
    }

    @Test
    void drainTellsTheStreamsAndEndsThemUnavailable() throws Exception {
        Served.awaitModel(models);
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        assertThat(stream.classify(StreamClient.frame(1, Pictures.jpeg(Pictures.spot(320, 240))))
                        .getVerdict())
                .isEqualTo(Verdict.VERDICT_IN_BODY);

        life.drain();

        assertThat(stream.next().getDraining().getTimeLeft().getSeconds()).isEqualTo(2);
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(StreamClient.on(channel).end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(ReadyPage.ask(http.getPort()).statusCode()).isEqualTo(503);
        channel.shutdownNow();
    }
}
