package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Admits calls to {@link AdminService} only with a known bearer token or a client certificate of the configured unit,
 * and none if the service is off.
 */
@Singleton
final class AdminGate implements ServerInterceptor {

    /** The holder of the token or certificate, and the address that the call came from. */
    static final Context.Key<String> OPERATOR = Context.keyWithDefault("operator", "nobody");

    private static final LimitedLog CALLERS_LOG = new LimitedLog(Logger.getLogger(AdminGate.class), System::nanoTime);
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
        try {
            Context operator = Context.current().withValue(OPERATOR, operator(call, headers) + " at " + from);
            return Contexts.interceptCall(operator, call, headers, next);
        } catch (StatusException e) {
            return refuse(call, from, e.getStatus());
        }
    }

    private String operator(ServerCall<?, ?> call, Metadata headers) throws StatusException {
        if (!settings.enabled()) {
            throw Status.UNIMPLEMENTED
                    .withDescription("scopegate.admin.enabled is not set")
                    .asException();
        }
        Caller caller = Caller.of(call);
        String unit = settings.certificateUnit();
        if (unit != null && caller.isOf(unit)) {
            return caller.name();
        }
        return holder(headers, unit == null ? "" : " or a client certificate of unit " + unit);
    }

    private String holder(Metadata headers, String otherwise) throws StatusException {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization == null || !authorization.startsWith(BEARER)) {
            String value = authorization == null ? "absent" : "something else";
            throw Status.UNAUTHENTICATED
                    .withDescription("authorization: Bearer TOKEN" + otherwise + ", not " + value)
                    .asException();
        }
        return tokens().holder(authorization.substring(BEARER.length()))
                .orElseThrow(() -> Status.PERMISSION_DENIED
                        .withDescription("authorization: a known token" + otherwise)
                        .asException());
    }

    /** Reads the tokens. Why they cannot be read is only logged: the caller is not authorised to learn it. */
    private AdminTokens tokens() throws StatusException {
        try {
            return settings.tokens().get();
        } catch (IllegalArgumentException e) {
            CALLERS_LOG.say(
                    Level.ERROR,
                    "scopegate.admin.token-file: all tokens are rejected until it can be read: %s",
                    e.getMessage());
            throw Status.UNAVAILABLE
                    .withDescription("scopegate.admin.token-file: cannot be read; see the server's log")
                    .asException();
        }
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, String from, Status status) {
        CALLERS_LOG.say(
                Level.WARN,
                "admin: %s from %s refused: %s",
                call.getMethodDescriptor().getBareMethodName(),
                from,
                status.getDescription());
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
