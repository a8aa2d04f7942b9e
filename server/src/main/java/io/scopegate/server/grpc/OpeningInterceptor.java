package io.scopegate.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ends a call that does not begin in time: until then it would hold its place for nothing. */
@GlobalInterceptor
@Singleton
final class OpeningInterceptor implements ServerInterceptor {

    private static final Logger LOG = Logger.getLogger(OpeningInterceptor.class);

    private final Duration limit;
    private final ScheduledThreadPoolExecutor timer;

    OpeningInterceptor(ConnectionSettings settings) {
        this.limit = settings.times().opening();
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-opening").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallWatch watch = CallWatch.current();
        FirstMessage<Q> first = new FirstMessage<>(
                next.startCall(call, headers),
                watch,
                !call.getMethodDescriptor().getType().clientSendsOneMessage());
        first.timedBy(timer.schedule(() -> end(first, watch), limit.toNanos(), TimeUnit.NANOSECONDS));
        return first;
    }

    private void end(FirstMessage<?> first, CallWatch watch) {
        try {
            if (first.late()) {
                watch.end(CallRefusedException.notOpened(limit));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a call that was not opened in time cannot be ended", e);
        }
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }
}
