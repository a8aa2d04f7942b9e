package io.scopegate.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sets how {@link CallWatch} ends a call that does not see to that itself, such as a unary call, which begins only once
 * its message has been read: it closes the call with the reason. Streams replace this.
 */
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

    /** Returns a copy, since the transport adds to it. */
    private static Metadata trailers(StatusRuntimeException refused) {
        Metadata trailers = new Metadata();
        Metadata own = refused.getTrailers();
        if (own != null) {
            trailers.merge(own);
        }
        return trailers;
    }
}
