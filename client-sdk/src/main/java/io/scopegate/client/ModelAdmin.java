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
 * Says which model a server serves; from {@link ScopegateClient#admin}, and open as long as that client. Every method
 * blocks until it is done, loading included, and gives the state of things after it.
 *
 * <p>Each throws {@link ScopegateException.Refused} if the server does not do it: because the token or the certificate
 * is not known, the service is off, the version is not there or does not pass its checks, or there is no memory for it;
 * with the reason {@code MODEL_NOT_NOW} ({@link AnswerStatus#reason()}) it cannot be read or run yet, which may pass.
 * Nothing has changed then, but for two codes. {@code INTERNAL} leaves open what has changed, also where this client
 * cannot read what the server says of it; with the reason {@code MODEL_NOT_KEPT} it is done, but a restart of the
 * server will not know of it. With {@code RESOURCE_EXHAUSTED} it is done if it was the state of things after it that
 * was larger than {@link ScopegateClientBuilder#maxMessageBytes}, which the message then says.
 *
 * <p>Each throws {@link ScopegateException.Unreachable} and {@link ScopegateException.TimedOut} as any call. After both
 * an order may have been carried out all the same, if the server had begun with it: {@link #list} tells.
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

    /** All versions in the server's repository. */
    public ModelRepositoryState list() {
        return call(admin -> admin.listModels(ListModelsRequest.getDefaultInstance()));
    }

    /** Serves this version now, until a higher one comes that is not there yet. */
    public ModelRepositoryState load(String name, int version) {
        var request = LoadModelRequest.newBuilder().setModel(model(name, version));
        return call(admin -> admin.loadModel(request.build()));
    }

    /** Serves none of this model, so that every frame for it is out of body; the version has to be the served one. */
    public ModelRepositoryState unload(String name, int version) {
        var request = UnloadModelRequest.newBuilder().setModel(model(name, version));
        return call(admin -> admin.unloadModel(request.build()));
    }

    /** Serves this version now and no other of its model from then on. */
    public ModelRepositoryState pin(String name, int version) {
        var request = PinModelRequest.newBuilder().setModel(model(name, version));
        return call(admin -> admin.pinModel(request.build()));
    }

    /** Serves the highest sound version, and every higher one that comes; where one model alone is served. */
    public ModelRepositoryState unpin() {
        return unpin("");
    }

    /** Serves the highest sound version of this model, and every higher one that comes. */
    public ModelRepositoryState unpin(String name) {
        var request = UnpinModelRequest.newBuilder().setName(Objects.requireNonNull(name, "name"));
        return call(admin -> admin.unpinModel(request.build()));
    }

    /** Pins the highest version below the served one that passes all checks; where one model alone is served. */
    public ModelRepositoryState rollback() {
        return rollback("");
    }

    /** Pins the highest version of this model below the served one that passes all checks. */
    public ModelRepositoryState rollback(String name) {
        var request = RollbackModelRequest.newBuilder().setName(Objects.requireNonNull(name, "name"));
        return call(admin -> admin.rollbackModel(request.build()));
    }

    /** The transport would drop such a one and log it, so that the message must not show it either. */
    private static void refuseUnsendable(String token) {
        if (!token.chars().allMatch(c -> c >= 0x21 && c <= 0x7E)) {
            throw new IllegalArgumentException(
                    "token: letters, digits and signs of ASCII alone, no space and no line end");
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
