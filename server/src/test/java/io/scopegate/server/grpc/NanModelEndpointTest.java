package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedNanModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServedNanModel.class)
class NanModelEndpointTest {

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Test
    void frameWithoutAFiniteAnswerFailsAndTheNextIsJudged() throws InterruptedException {
        Served.awaitModel(models);
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());

        FrameAnswer plain = stream.classify(StreamClient.frame(1, Pictures.jpeg(Pictures.plain(320, 240))));
        FrameAnswer spot = stream.classify(StreamClient.frame(2, Pictures.jpeg(Pictures.spot(320, 240))));

        assertThat(plain.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(plain.getVerdict()).isEqualTo(Verdict.VERDICT_OUT_OF_BODY);
        assertThat(plain.getReason()).isEqualTo(Reason.REASON_NON_FINITE_OUTPUT);
        assertThat(spot.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        channel.shutdownNow();
    }
}
