package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.AdminGrpc.AdminBlockingStub;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.LoadModelRequest;
import io.scopegate.proto.v1.ModelStatus;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.RollbackModelRequest;
import io.scopegate.proto.v1.UnloadModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedAdmin;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the admin service, and the gRPC health service, which reports its effects. The repository holds tiny/1 to
 * tiny/3.
 */
@QuarkusTest
@TestProfile(ServedAdmin.class)
class AdminEndpointTest {

    private static final ModelVersion SECOND =
            ModelVersion.newBuilder().setName("tiny").setVersion(2).build();

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    @ConfigProperty(name = "scopegate.admin.token-file")
    Path tokens;

    private ManagedChannel channel;
    private AdminBlockingStub admin;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .directExecutor()
                .build();
        admin = AdminGrpc.newBlockingStub(channel).withInterceptors(bearer("Bearer " + ServedAdmin.TOKEN));
    }

    @AfterEach
    void disconnect() {
        admin.unpinModel(UnpinModelRequest.getDefaultInstance());
        channel.shutdownNow();
    }

    @Test
    void allVersionsAreListedTheHighestFirst() {
        ModelsState state = admin.listModels(ListModelsRequest.getDefaultInstance());

        assertThat(state.getModelsList())
                .extracting(report -> report.getModel().getVersion())
                .containsExactly("3", "2", "1");
        assertThat(state.getModels(0).getStatus()).isEqualTo(ModelStatus.MODEL_STATUS_SERVED);
        assertThat(state.getModels(0).getModel().getDigest()).matches("sha256:[0-9a-f]{64}");
        assertThat(state.getModels(1).getStatus()).isEqualTo(ModelStatus.MODEL_STATUS_AVAILABLE);
    }

    @Test
    void aRollbackPinsTheVersionBefore() {
        ModelsState state = admin.rollbackModel(RollbackModelRequest.getDefaultInstance());

        assertThat(state.getPinnedList()).containsExactly(SECOND);
        assertThat(state.getModels(1).getStatus()).isEqualTo(ModelStatus.MODEL_STATUS_SERVED);
        assertThat(admin.unpinModel(UnpinModelRequest.getDefaultInstance()).getPinnedList())
                .isEmpty();
    }

    @Test
    void loadClearsThePinAndServesTheLoadedVersion() {
        assertThat(admin.pinModel(PinModelRequest.newBuilder().setModel(SECOND).build())
                        .getPinnedList())
                .containsExactly(SECOND);

        ModelVersion first = SECOND.toBuilder().setVersion(1).build();
        ModelsState state =
                admin.loadModel(LoadModelRequest.newBuilder().setModel(first).build());

        assertThat(state.getPinnedList()).isEmpty();
        assertThat(state.getModels(2).getStatus()).isEqualTo(ModelStatus.MODEL_STATUS_SERVED);
    }

    @Test
    void anOrderWhoseCallerHasGoneIsNotCarriedOut() throws Exception {
        // Connects first, because setting up the connection could use up the whole deadline.
        admin.listModels(ListModelsRequest.getDefaultInstance());
        try (LogLines log = new LogLines(AdminService.class)) {
            ModelSlots.exclusively(models, this::rollBackInVain);
            Served.await(() -> !log.containing("admin: rollback").isEmpty());

            assertThat(log.containing("admin: rollback"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("gave up");
        }
        ModelsState state = admin.listModels(ListModelsRequest.getDefaultInstance());
        assertThat(state.getPinnedList()).isEmpty();
        assertThat(state.getModels(0).getStatus()).isEqualTo(ModelStatus.MODEL_STATUS_SERVED);
    }

    private void rollBackInVain() {
        AdminBlockingStub impatient = admin.withDeadlineAfter(2, TimeUnit.SECONDS);

        assertThatThrownBy(() -> impatient.rollbackModel(RollbackModelRequest.getDefaultInstance()))
                .extracting(fault -> Status.fromThrowable(fault).getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        // This call uses the same connection. When it is answered, the server has learned that the call before it has
        // ended.
        check("");
    }

    @Test
    void loadOfAnUnknownVersionIsRefusedAsNotFound() {
        LoadModelRequest unknown = LoadModelRequest.newBuilder()
                .setModel(SECOND.toBuilder().setVersion(9))
                .build();

        assertThatThrownBy(() -> admin.loadModel(unknown))
                .hasMessageContaining("NOT_FOUND: model: one of [tiny/3, tiny/2, tiny/1], not tiny/9");
    }

    @Test
    void invalidModelNameIsRefusedAndNotEchoed() {
        LoadModelRequest forged = LoadModelRequest.newBuilder()
                .setModel(SECOND.toBuilder().setName("tiny\nadmin: unload by nobody: done"))
                .build();

        assertThatThrownBy(() -> admin.loadModel(forged))
                .hasMessage("INVALID_ARGUMENT: model.name: 1 to 64 characters of [A-Za-z0-9._-], not 34 characters");
    }

    @Test
    void aMessageOfTooManyPartsIsRefused() {
        Field many = IntStream.range(0, 300)
                .collect(Field::newBuilder, (field, k) -> field.addVarint(k), (one, other) -> {})
                .build();
        ListModelsRequest request = ListModelsRequest.newBuilder()
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(1000, many).build())
                .build();

        assertThatThrownBy(() -> admin.listModels(request))
                .hasMessage("INVALID_ARGUMENT: message: at most 256 fields, not more");
    }

    @Test
    void aCallWithoutAKnownTokenIsRefused() {
        AdminBlockingStub stranger = AdminGrpc.newBlockingStub(channel);

        assertRefused(stranger, Status.Code.UNAUTHENTICATED);
        assertRefused(stranger.withInterceptors(bearer(ServedAdmin.TOKEN)), Status.Code.UNAUTHENTICATED);
        assertRefused(stranger.withInterceptors(bearer("Bearer ")), Status.Code.PERMISSION_DENIED);
        assertRefused(
                stranger.withInterceptors(bearer("Bearer " + ServedAdmin.TOKEN + "x")), Status.Code.PERMISSION_DENIED);
    }

    @Test
    void aTokenThatIsTakenAwayIsOfNoUseFromThenOn() throws Exception {
        try {
            Files.writeString(tokens, "another-token-of-the-tests other\n");
            assertRefused(admin, Status.Code.PERMISSION_DENIED);

            Files.writeString(tokens, "");
            assertRefused(admin, Status.Code.UNAVAILABLE);
        } finally {
            Files.writeString(tokens, ServedAdmin.LINE);
        }
        assertThat(admin.listModels(ListModelsRequest.getDefaultInstance()).getModelsList())
                .isNotEmpty();
    }

    private static void assertRefused(AdminBlockingStub stub, Status.Code code) {
        assertThatThrownBy(() -> stub.rollbackModel(RollbackModelRequest.getDefaultInstance()))
                .extracting(fault -> Status.fromThrowable(fault).getCode())
                .isEqualTo(code);
    }

    @Test
    void healthIsWatchedThroughASwapAndAnUnload() throws Exception {
        List<ServingStatus> told = new CopyOnWriteArrayList<>();
        watch("model/tiny", told);

        admin.pinModel(PinModelRequest.newBuilder().setModel(SECOND).build());
        admin.unloadModel(UnloadModelRequest.newBuilder().setModel(SECOND).build());
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
        admin.unpinModel(UnpinModelRequest.getDefaultInstance());
        assertThat(check("scopegate.v1.Classifier")).isEqualTo(ServingStatus.SERVING);

        // A connection delivers messages in order: the first message of a new watch arrives after everything told so
        // far.
        watch("model/tiny", new CopyOnWriteArrayList<>());
        assertThat(told)
                .as("nothing is told of a swap")
                .containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
    }

    /** Watches a service and waits for its first status. */
    private void watch(String name, List<ServingStatus> told) throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        HealthGrpc.newStub(channel).watch(service(name), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                told.add(response.getStatus());
                first.countDown();
            }

            @Override
            public void onError(Throwable fault) {
                first.countDown();
            }

            @Override
            public void onCompleted() {
                first.countDown();
            }
        });
        first.await();
    }

    @Test
    void unknownServiceIsNotFoundByCheckAndServiceUnknownInWatch() {
        Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .watch(service("model/other"));

        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
        assertThatThrownBy(() -> check("model/other"))
                .extracting(fault -> Status.fromThrowable(fault).getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    private ServingStatus check(String name) {
        return HealthGrpc.newBlockingStub(channel).check(service(name)).getStatus();
    }

    private static HealthCheckRequest service(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }

    private static ClientInterceptor bearer(String authorization) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
