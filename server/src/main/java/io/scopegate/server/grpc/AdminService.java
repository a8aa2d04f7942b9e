package io.scopegate.server.grpc;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.LoadModelRequest;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.RollbackModelRequest;
import io.scopegate.proto.v1.UnloadModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import io.scopegate.server.audit.AdminTrail;
import io.scopegate.server.audit.AdminTrail.Order;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.model.ControlRefusedException;
import io.scopegate.server.model.ControlRefusedException.Kind;
import io.scopegate.server.model.ModelControl;
import io.scopegate.server.model.Models;
import io.smallrye.common.annotation.Blocking;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Changes which model versions are served. {@link AdminGate} decides who may call it. Every call is logged, and every
 * order, that is every call but {@code ListModels}, is recorded in the audit log.
 */
@GrpcService
@RegisterInterceptor(AdminGate.class)
@Blocking
final class AdminService implements BindableService, AdminGrpc.AsyncService {

    private static final Logger LOG = Logger.getLogger(AdminService.class);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Models models;
    private final AdminTrail trail;

    AdminService(Models models, AuditTrail audit) {
        this.models = models;
        this.trail = new AdminTrail(audit);
    }

    /** The action of one order. */
    private interface Action {
        void run() throws ControlRefusedException, CallRefusedException, InterruptedException;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ReadableMessages.of(AdminGrpc.bindService(this));
    }

    /** Logs the call like an order. The audit log, which is kept, need not hold who looked. */
    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ModelsState> responses) {
        LOG.infof("admin: list by %s", AdminGate.OPERATOR.get());
        tellState(responses);
    }

    @Override
    public void loadModel(LoadModelRequest request, StreamObserver<ModelsState> responses) {
        ModelVersion model = request.getModel();
        answer(order("load", model), responses, () -> control(model).load(model.getName(), model.getVersion()));
    }

    @Override
    public void unloadModel(UnloadModelRequest request, StreamObserver<ModelsState> responses) {
        ModelVersion model = request.getModel();
        answer(order("unload", model), responses, () -> control(model).unload(model.getName(), model.getVersion()));
    }

    @Override
    public void pinModel(PinModelRequest request, StreamObserver<ModelsState> responses) {
        ModelVersion model = request.getModel();
        answer(order("pin", model), responses, () -> control(model).pin(model.getName(), model.getVersion()));
    }

    @Override
    public void unpinModel(UnpinModelRequest request, StreamObserver<ModelsState> responses) {
        String name = request.getName();
        answer(order("unpin", name), responses, () -> control(name).unpin());
    }

    @Override
    public void rollbackModel(RollbackModelRequest request, StreamObserver<ModelsState> responses) {
        String name = request.getName();
        answer(order("rollback", name), responses, () -> control(name).rollback());
    }

    private static Order order(String what, ModelVersion model) {
        return new Order(what, shown(model.getName()), Integer.toUnsignedString(model.getVersion()));
    }

    private static Order order(String what, String name) {
        return new Order(what, shown(name), "");
    }

    /**
     * Returns the name as it may appear in the log: a name that is not well formed becomes {@code ?}, so that it cannot
     * break the line.
     */
    private static String shown(String name) {
        return NAME.matcher(name).matches() ? name : name.isEmpty() ? "" : "?";
    }

    /**
     * Returns the control of the model that is named. A name that is not well formed is refused, and is not repeated in
     * the message, which is logged.
     */
    private ModelControl control(ModelVersion model) throws CallRefusedException, ControlRefusedException {
        if (!NAME.matcher(model.getName()).matches()) {
            throw CallRefusedException.breach(
                    "model.name",
                    "1 to 64 characters of [A-Za-z0-9._-]",
                    model.getName().length() + " characters");
        }
        return ofThisCall(models.control(model.getName()));
    }

    /**
     * Returns the control of the model with this name; an empty name stands for the only model if there is just one.
     */
    private ModelControl control(String name) throws CallRefusedException, ControlRefusedException {
        if (!name.isEmpty()) {
            return control(ModelVersion.newBuilder().setName(name).build());
        }
        if (models.all().size() > 1) {
            throw CallRefusedException.breach("name", "one of " + models.names(), "absent");
        }
        return ofThisCall(models.first().control());
    }

    /**
     * Makes an order give up if its call is cancelled while it waits for its turn. Otherwise a client that repeats the
     * call would have it carried out twice.
     */
    private static ModelControl ofThisCall(ModelControl control) {
        Context call = Context.current();
        return control.whileWanted(() -> !call.isCancelled());
    }

    private void answer(Order order, StreamObserver<ModelsState> responses, Action action) {
        CallRefusedException refusal = carryOut(order, AdminGate.OPERATOR.get(), action);
        if (refusal == null) {
            tellState(responses);
        } else {
            responses.onError(refusal.toGrpc());
        }
    }

    /** Carries out an order; returns null if it succeeded, otherwise the refusal. */
    private @Nullable CallRefusedException carryOut(Order order, String who, Action action) {
        try {
            action.run();
            LOG.infof("admin: %s by %s: done", order, who);
            trail.done(order, who);
            return null;
        } catch (ControlRefusedException e) {
            LOG.warnf("admin: %s by %s: refused: %s", order, who, e.getMessage());
            tellRefusal(order, who, e);
            return CallRefusedException.control(e);
        } catch (CallRefusedException e) {
            LOG.warnf("admin: %s by %s: refused: %s", order, who, e.getMessage());
            trail.refused(order, who, String.valueOf(e.getMessage()));
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            trail.failed(order, who, e);
            return CallRefusedException.draining();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "admin: %s by %s: failed", order, who);
            trail.failed(order, who, e);
            return CallRefusedException.internal();
        }
    }

    /**
     * Sends the state of all models. If this fails, for example because the client has gone, the order stays carried
     * out.
     */
    private void tellState(StreamObserver<ModelsState> responses) {
        try {
            responses.onNext(ModelsWriter.write(models));
            responses.onCompleted();
        } catch (RuntimeException | Error e) {
            LOG.warn("admin: failed to send a response", e);
            responses.onError(CallRefusedException.internal().toGrpc());
        }
    }

    private void tellRefusal(Order order, String who, ControlRefusedException refusal) {
        String reason = String.valueOf(refusal.getMessage());
        if (refusal.kind() == Kind.NOT_KEPT) {
            trail.doneInPart(order, who, reason);
        } else {
            trail.refused(order, who, reason);
        }
    }
}
