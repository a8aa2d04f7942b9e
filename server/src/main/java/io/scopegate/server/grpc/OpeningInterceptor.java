package io.scopegate.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.scopegate.server.pipeline.WaitingPictureLimit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** Ends calls that do not begin in time, since they would hold their places for nothing. */
@GlobalInterceptor
@Singleton
final class OpeningInterceptor implements ServerInterceptor {

    private final Duration limit;
    private final CallTimer timer;
    private final WaitingPictureLimit pictures;

    OpeningInterceptor(ConnectionSettings settings, CallTimer timer, WaitingPictureLimit pictures) {
        this.limit = settings.times().opening();
        this.timer = timer;
        this.pictures = pictures;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallWatch watch = CallWatch.current();
        FirstMessage<Q> first = new FirstMessage<>(
                next.startCall(call, headers),
                watch,
                !call.getMethodDescriptor().getType().clientSendsOneMessage(),
                pictures);
        try {
            first.timedBy(timer.after(limit, () -> end(first, watch)));
        } catch (RejectedExecutionException e) {
            // The server has stopped, so that no timer would end the call.
            watch.end(CallRefusedException.draining());
        }
        return first;
    }

    private void end(FirstMessage<?> first, CallWatch watch) {
        if (first.late()) {
            watch.end(CallRefusedException.notOpened(limit));
        }
    }
}
