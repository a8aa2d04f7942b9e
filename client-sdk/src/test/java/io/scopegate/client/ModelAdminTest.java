package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.ModelReport;
import io.scopegate.proto.v1.ModelStatus;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ModelAdminTest {
    private final BlockingQueue<String> authorizations = new LinkedBlockingQueue<>();
    private final String name = UUID.randomUUID().toString();
    private volatile StatusRuntimeException refusal = refusal(Status.Code.INTERNAL, "MODEL_NOT_KEPT");
    private volatile int status = ModelStatus.MODEL_STATUS_QUARANTINED_VALUE;
    private volatile Timestamp lookedAt = Timestamp.newBuilder().setSeconds(7).build();
    private Server server;
    private ScopegateClient client;

    @BeforeEach
    void connect() throws Exception {
        server = InProcessServerBuilder.forName(name)
                .addService(new FakeAdmin())
                .intercept(new Recorder())
                .build()
                .start();
        client = ScopegateClient.to("fake:1").build(InProcessChannelBuilder.forName(name));
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.shutdownNow();
    }

    @Test
    void theTokenGoesWithTheCallAndTheStateComesBack() throws Exception {
        ModelRepositoryState state =
                client.admin("s3cret", Duration.ofSeconds(20)).list();

        assertThat(authorizations.take()).isEqualTo("Bearer s3cret");
        assertThat(state.versions())
                .containsExactly(new ModelVersionState(
                        new ModelReference("gate", "4", "sha256:0"), ModelVersionState.Status.QUARANTINED, "NaN"));
        assertThat(state.pinned()).isEmpty();
        assertThat(state.problems()).containsExactly("gone");
        assertThat(state.lookedAt()).isEqualTo(Instant.ofEpochSecond(7));
    }

    @Test
    void aVersionIsNamedByNameAndNumber() {
        ModelRepositoryState state =
                client.admin("s3cret", Duration.ofSeconds(20)).pin("gate", 3);

        assertThat(state.pinned()).containsExactly("gate/3");
    }

    @Test
    void refusalContainsTheStatusCodeAndNoReasonIfTheServerGivesNone() {
        assertThatExceptionOfType(ScopegateException.Refused.class)
                .isThrownBy(() -> client.admin("s3cret", Duration.ofSeconds(20)).rollback())
                .withMessageStartingWith("refused: UNIMPLEMENTED")
                .extracting(
                        refused -> refused.status().code(),
                        refused -> refused.status().reason())
                .containsExactly("UNIMPLEMENTED", Optional.empty());
    }

    @Test
    void refusalCarriesTheReasonOfTheServer() {
        assertThatExceptionOfType(ScopegateException.Refused.class)
                .isThrownBy(() -> client.admin("s3cret", Duration.ofSeconds(20)).unpin())
                .withMessage("refused: INTERNAL")
                .extracting(refused -> refused.status().reason())
                .isEqualTo(Optional.of("MODEL_NOT_KEPT"));
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, MODEL_NOT_NOW", "CANCELLED, MODEL_GIVEN_UP"})
    void temporaryRefusalIsNotReportedAsUnreachable(Status.Code code, String reason) {
        refusal = refusal(code, reason);

        assertThatExceptionOfType(ScopegateException.Refused.class)
                .isThrownBy(() -> client.admin("s3cret", Duration.ofSeconds(20)).unpin())
                .extracting(
                        refused -> refused.status().code(),
                        refused -> refused.status().reason())
                .containsExactly(code.name(), Optional.of(reason));
    }

    @Test
    void aServerThatStopsIsUnreachable() {
        refusal = refusal(Status.Code.UNAVAILABLE, "DRAINING");

        assertThatExceptionOfType(ScopegateException.Unreachable.class)
                .isThrownBy(() -> client.admin("s3cret", Duration.ofSeconds(20)).unpin())
                .withMessage("cannot reach the server: UNAVAILABLE");
    }

    @Test
    void aStateThatCannotBeReadIsAFaultOfTheServer() {
        lookedAt = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();

        assertThatExceptionOfType(ScopegateException.Refused.class)
                .isThrownBy(() -> client.admin("s3cret", Duration.ofSeconds(20)).list())
                .withMessageContaining("INTERNAL: protocol violation by the server");
    }

    @Test
    void unrecognizedModelStatusIsReadAsUnknown() {
        status = 99;

        assertThat(client.admin("s3cret", Duration.ofSeconds(20)).list().versions())
                .extracting(ModelVersionState::status)
                .containsExactly(ModelVersionState.Status.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\n", "s3cret\r", "s3 cret", "s3cret\u007F", "s3cr\u00E9t", "s3cret\0"})
    void aTokenThatCannotBeSentIsRefusedAndNotShown(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.admin(token, Duration.ofSeconds(20)))
                .withMessageStartingWith("token: ")
                .withMessageNotContaining("s3");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void aTokenOfAllCharactersThatCanBeSentIs() throws Exception {
        String token =
                IntStream.rangeClosed('!', '~').mapToObj(Character::toString).collect(Collectors.joining());

        client.admin(token, Duration.ofSeconds(20)).list();

        assertThat(authorizations.take()).isEqualTo("Bearer " + token);
    }

    private static StatusRuntimeException refusal(Status.Code code, String reason) {
        var info = ErrorInfo.newBuilder().setReason(reason).setDomain("scopegate.io");
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .addDetails(Any.pack(info.build()))
                .build());
    }

    private final class FakeAdmin extends AdminGrpc.AdminImplBase {
        @Override
        public void listModels(ListModelsRequest request, StreamObserver<ModelsState> responses) {
            responses.onNext(ModelsState.newBuilder()
                    .addModels(ModelReport.newBuilder()
                            .setModel(io.scopegate.proto.v1.ModelReference.newBuilder()
                                    .setName("gate")
                                    .setVersion("4")
                                    .setDigest("sha256:0"))
                            .setStatusValue(status)
                            .setDetail("NaN"))
                    .addProblem("gone")
                    .setLookedAt(lookedAt)
                    .build());
            responses.onCompleted();
        }

        @Override
        public void pinModel(PinModelRequest request, StreamObserver<ModelsState> responses) {
            ModelVersion model = request.getModel();
            responses.onNext(ModelsState.newBuilder().addPinned(model).build());
            responses.onCompleted();
        }

        @Override
        public void unpinModel(UnpinModelRequest request, StreamObserver<ModelsState> responses) {
            responses.onError(refusal);
        }
    }

    private final class Recorder implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            authorizations.add(
                    String.valueOf(headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER))));
            return next.startCall(call, headers);
        }
    }
}
