package io.scopegate.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/** Refuses the message of a call that does not do so itself, such as one that only begins once its message is read. */
@GlobalInterceptor
@Singleton
final class CallWatchInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        AtomicBoolean told = new AtomicBoolean();
        CallWatch.tell(refusal -> {
            if (told.getAndSet(true)) {
                return false;
            }
            StatusRuntimeException refused = refusal.toGrpc();
            call.close(refused.getStatus(), trailers(refused));
            return true;
        });
        return next.startCall(call, headers);
    }

    /** A copy, to which the transport adds. */
    private static Metadata trailers(StatusRuntimeException refused) {
        Metadata trailers = new Metadata();
        Metadata own = refused.getTrailers();
        if (own != null) {
            trailers.merge(own);
        }
        return trailers;
    }
}
