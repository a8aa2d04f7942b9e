package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServedTinyModel.class)
class StreamEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));
    private static final byte[] PLAIN = Pictures.jpeg(Pictures.plain(320, 240));

    @Inject
    GrpcServer server;

    @Inject
    ModelSlot models;

    private ManagedChannel channel;

    @BeforeEach
    void connect() throws InterruptedException {
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
    void streamIsAnsweredInOrderAndEndsOk() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        StreamAccepted accepted =
                stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        for (int id = 1; id <= accepted.getCredits(); id++) {
            stream.send(StreamClient.frame(id, id % 2 == 0 ? SPOT : PLAIN));
        }
        stream.halfClose();

        for (int id = 1; id <= accepted.getCredits(); id++) {
            FrameAnswer answer = stream.nextAnswer();
            assertThat(answer.getFrameId()).isEqualTo(id);
            assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
            assertThat(answer.getReason()).isEqualTo(Reason.REASON_MODEL);
            assertThat(answer.getVerdict())
                    .isEqualTo(id % 2 == 0 ? Verdict.VERDICT_IN_BODY : Verdict.VERDICT_OUT_OF_BODY);
        }
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.OK);
        assertThat(stream.nothingMore()).isTrue();
    }
}
