package io.scopegate.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes each call try the link as it is now, and live as long as its own caller says. */
final class FreshCalls implements ClientInterceptor {
    /** Far more than the channel takes to forget, unless it is the caller's own thread that would do it. */
    private static final Duration FORGETTING = Duration.ofMillis(500);

    private final ManagedChannel channel;
    private final AtomicBoolean failed = new AtomicBoolean();

    FreshCalls(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        forgetLastFailure();
        // Else a call made while a gRPC call of the application's own is handled would end with that one.
        Context callers = Context.ROOT.attach();
        try {
            return new Noted<>(next.newCall(method, options));
        } finally {
            Context.ROOT.detach(callers);
        }
    }

    /** Else the call would end at once with the error of the last attempt, though the server may be back. */
    private void forgetLastFailure() {
        // The channel fails a call before it says that it is in that state.
        boolean lastFailed = failed.getAndSet(false);
        var state = channel.getState(false);
        if (state == ConnectivityState.TRANSIENT_FAILURE || (lastFailed && state != ConnectivityState.READY)) {
            channel.enterIdle();
            awaitChannel();
        }
    }

    /** Until it has done what it was told: another of its threads does it, if one is at work. */
    private void awaitChannel() {
        var done = new CountDownLatch(1);
        channel.notifyWhenStateChanged(ConnectivityState.TRANSIENT_FAILURE, done::countDown);
        try {
            var unused = done.await(FORGETTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call that tells whether it failed for want of a link. */
    private final class Noted<Q, A> extends SimpleForwardingClientCall<Q, A> {
        Noted(ClientCall<Q, A> call) {
            super(call);
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            if (status.getCode() == Status.Code.UNAVAILABLE) {
                                failed.set(true);
                            }
                            super.onClose(status, trailers);
                        }
                    },
                    headers);
        }
    }
}
