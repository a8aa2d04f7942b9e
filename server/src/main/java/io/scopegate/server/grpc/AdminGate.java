package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets only calls with a known bearer token through to {@link AdminService}, and none where that is off. */
@Singleton
final class AdminGate implements ServerInterceptor {

    /** Whose token it was, and from where the call came. */
    static final Context.Key<String> OPERATOR = Context.keyWithDefault("operator", "nobody");

    private static final Logger LOG = Logger.getLogger(AdminGate.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";

    private final AdminSettings settings;

    AdminGate(AdminSettings settings) {
        this.settings = settings;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String from = String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        String authorization = headers.get(AUTHORIZATION);
        if (settings.tokens() == null) {
            return refuse(call, from, Status.UNIMPLEMENTED.withDescription("scopegate.admin.enabled is not set"));
        }
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return refuse(
                    call, from, Status.UNAUTHENTICATED.withDescription("authorization: Bearer TOKEN, not absent"));
        }
        Optional<String> holder = settings.tokens().holder(authorization.substring(BEARER.length()));
        if (holder.isEmpty()) {
            return refuse(call, from, Status.PERMISSION_DENIED.withDescription("authorization: a known token"));
        }
        Context operator = Context.current().withValue(OPERATOR, holder.get() + " at " + from);
        return Contexts.interceptCall(operator, call, headers, next);
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, String from, Status status) {
        LOG.warnf(
                "admin: %s from %s refused: %s",
                call.getMethodDescriptor().getBareMethodName(), from, status.getDescription());
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
