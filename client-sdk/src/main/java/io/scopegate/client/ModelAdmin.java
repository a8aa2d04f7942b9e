package io.scopegate.client;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.AdminGrpc.AdminBlockingStub;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.LoadModelRequest;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.RollbackModelRequest;
import io.scopegate.proto.v1.UnloadModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Controls which model version a server serves. Obtained from {@link ScopegateClient#admin} and usable as long as that
 * client is open. Every method blocks until the change has taken effect, including any loading, and returns the state
 * of the server's models after it.
 *
 * <p>Every method throws {@link ScopegateException.Refused} if the server refuses: the token or certificate is not
 * accepted, the service is off, the version does not exist, is incomplete or does not pass its checks or, for
 * {@link #unload}, is not the one served; there is nothing to roll back from or to; or there is not enough memory.
 * With the reason {@code MODEL_NOT_NOW} ({@link AnswerStatus#reason()}) the version cannot be read or run at the
 * moment; retry later. A refused call has changed nothing, with two exceptions:
 *
 * <ul>
 *   <li>{@code INTERNAL}: it is not known what has changed, for example because this client cannot read the server's
 *       response. With the reason {@code MODEL_NOT_KEPT} the change took effect but does not survive a restart of the
 *       server.
 *   <li>{@code RESOURCE_EXHAUSTED}: the change took effect if the message says that the response was larger than {@link
 *       ScopegateClientBuilder#maxMessageBytes}.
 * </ul>
 *
 * <p>Every method can also throw {@link ScopegateException.Unreachable} and {@link ScopegateException.TimedOut}. In
 * both cases the change may have taken effect if the server had already begun it; use {@link #list} to find out.
 */
public final class ModelAdmin {
    private final AdminBlockingStub stub;
    private final Duration deadline;

    ModelAdmin(Channel channel, Duration deadline) {
        this.stub = AdminGrpc.newBlockingStub(channel);
        this.deadline = deadline;
    }

    static ModelAdmin byToken(Channel channel, String token, Duration deadline) {
        refuseUnsendable(token);
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        var authorized = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        return new ModelAdmin(authorized, deadline);
    }

    /** Lists all versions in the server's repository. */
    public ModelRepositoryState list() {
        return call(admin -> admin.listModels(ListModelsRequest.getDefaultInstance()));
    }

    /** Serves this version now. A higher version replaces it only if it appears after this call, or after a restart. */
    public ModelRepositoryState load(String name, int version) {
        var request = LoadModelRequest.newBuilder().setModel(model(name, version));
        return call(admin -> admin.loadModel(request.build()));
    }

    /** Stops serving this model; every frame for it is then out of body. The version must be the one served now. */
    public ModelRepositoryState unload(String name, int version) {
        var request = UnloadModelRequest.newBuilder().setModel(model(name, version));
        return call(admin -> admin.unloadModel(request.build()));
    }

    /** Serves this version now, and no other version of its model from then on. */
    public ModelRepositoryState pin(String name, int version) {
        var request = PinModelRequest.newBuilder().setModel(model(name, version));
        return call(admin -> admin.pinModel(request.build()));
    }

    /**
     * Serves the highest version that passes its checks, and every higher one that appears later. Only for a server
     * with a single model.
     */
    public ModelRepositoryState unpin() {
        return unpin("");
    }

    /** Serves the highest version of this model that passes its checks, and every higher one that appears later. */
    public ModelRepositoryState unpin(String name) {
        var request = UnpinModelRequest.newBuilder().setName(Objects.requireNonNull(name, "name"));
        return call(admin -> admin.unpinModel(request.build()));
    }

    /**
     * Pins the highest version below the served one that passes all checks. Only for a server with a single model.
     */
    public ModelRepositoryState rollback() {
        return rollback("");
    }

    /** Pins the highest version of this model below the served one that passes all checks. */
    public ModelRepositoryState rollback(String name) {
        var request = RollbackModelRequest.newBuilder().setName(Objects.requireNonNull(name, "name"));
        return call(admin -> admin.rollbackModel(request.build()));
    }

    /** Refuses a token that the transport would drop and log. The exception's message must not show it either. */
    private static void refuseUnsendable(String token) {
        if (!token.chars().allMatch(c -> c >= 0x21 && c <= 0x7E)) {
            throw new IllegalArgumentException("token: visible ASCII characters only, without spaces or line breaks");
        }
    }

    private static ModelVersion model(String name, int version) {
        return ModelVersion.newBuilder()
                .setName(Objects.requireNonNull(name, "name"))
                .setVersion(version)
                .build();
    }

    private ModelRepositoryState call(Function<AdminBlockingStub, ModelsState> method) {
        return read(state(method));
    }

    private ModelsState state(Function<AdminBlockingStub, ModelsState> method) {
        try {
            return method.apply(stub.withDeadlineAfter(Timeouts.nanos(deadline), TimeUnit.NANOSECONDS));
        } catch (StatusRuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ScopegateException.Interrupted(new InterruptedException(e.getMessage()));
            }
            throw Failures.of(StatusReader.read(e));
        }
    }

    private static ModelRepositoryState read(ModelsState state) {
        try {
            return ModelStateReader.read(state);
        } catch (RuntimeException e) {
            throw Failures.of(ProtocolBreach.status(e));
        }
    }
}
