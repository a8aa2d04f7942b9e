package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.DeliveryPolicy;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.infer.TensorPool;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.testing.HeldSession;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedNoModel;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what happens to calls while a run of the network does not return. */
@QuarkusTest
@TestProfile(ServedNoModel.class)
class HeldNetworkEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(64, 48));
    private static final int TENSORS = 3;

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    FramePipelines pipelines;

    @Inject
    OpenCalls calls;

    private final HeldSession session = new HeldSession();
    private final TensorPool tensors = ModelSlots.tensors(TENSORS);
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        ModelSlots.serve(models.first().slot(), session, tensors);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        session.letGo();
        ModelSlots.serveNone(models.first().slot(), "taken away");
        channel.shutdownNow();
    }

    @Test
    void cancelledStreamFreesItsTensorsAndItsFramesDoNotReachTheNetwork() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        StreamAccepted accepted =
                stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_BLOCK));
        for (int id = 1; id <= accepted.getCredits(); id++) {
            stream.send(StreamClient.frame(id, SPOT));
        }
        Served.await(() -> session.runs() == 1 && tensors.available() == 0);

        stream.cancel();

        Served.await(() -> calls.count() == 0);
        session.letGo();
        Served.await(() -> tensors.available() == TENSORS);
        assertThat(session.runs()).isEqualTo(1);
    }

    @Test
    void deadlineEndsTheCallAndItsFrameDoesNotReachTheNetwork() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs());
        stream.send(StreamClient.frame(1, SPOT));
        Served.await(() -> session.runs() == 1);
        ClassifyRequest request = ClassifyRequest.newBuilder()
                .setFrame(StreamClient.frame(1, SPOT)
                        .setFormat(StreamClient.jpegs().getFormat()))
                .build();

        assertThatThrownBy(() -> ClassifierGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                        .classify(request))
                .extracting(fault -> Status.fromThrowable(fault).getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);

        Served.await(() -> calls.count() == 1);
        session.letGo();
        assertThat(stream.nextAnswer().getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(session.runs()).isEqualTo(1);
    }

    @Test
    void framesOfOtherStreamsThatWaitedAreJudgedInOneRun() throws InterruptedException {
        TensorPool tensors = ModelSlots.tensors(8);
        ModelSlots.serve(models.first().slot(), 1, session, tensors, 4);
        List<StreamClient> streams =
                List.of(StreamClient.on(channel), StreamClient.on(channel), StreamClient.on(channel));
        for (StreamClient stream : streams) {
            stream.open(StreamClient.jpegs());
            stream.send(StreamClient.frame(1, SPOT));
            Served.await(() -> session.runs() == 1);
        }
        Served.await(() -> pipelines.waitingForNetwork() == 2);

        session.letGo();

        List<Integer> batches = new ArrayList<>();
        for (StreamClient stream : streams) {
            batches.add(stream.nextAnswer().getTimings().getBatchSize());
        }
        assertThat(batches).containsExactly(1, 2, 2);
    }

    @Test
    void framesThatWaitedAreAnsweredInOrderAndTheLatestIsJudged() throws InterruptedException {
        StreamClient stream = StreamClient.on(channel);
        stream.open(StreamClient.jpegs().setDeliveryPolicy(DeliveryPolicy.DELIVERY_POLICY_LATEST_WINS));
        stream.send(StreamClient.frame(1, SPOT));
        Served.await(() -> session.runs() == 1);
        for (int id = 2; id <= 20; id++) {
            stream.send(StreamClient.frame(id, SPOT));
        }
        stream.halfClose();
        Served.await(() -> tensors.available() == TENSORS - 2);
        assertThat(stream.nothingMore()).isTrue();

        session.letGo();

        assertThat(stream.nextAnswer().getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        for (int id = 2; id <= 19; id++) {
            assertThat(stream.nextAnswer().getFrameId()).isEqualTo(id);
        }
        assertThat(stream.nextAnswer().getOutcome()).isEqualTo(Outcome.OUTCOME_CLASSIFIED);
        assertThat(stream.end().isOk()).isTrue();
    }
}
