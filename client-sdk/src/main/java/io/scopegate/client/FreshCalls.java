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

/**
 * Lets each call try to connect anew after a failure, and detaches it from any gRPC call that the application is
 * serving.
 */
final class FreshCalls implements ClientInterceptor {
    /**
     * How long to wait for the channel to forget a failure: far longer than it takes, unless the caller's own thread
     * would have to do it.
     */
    private static final Duration FORGETTING = Duration.ofMillis(500);

    private final ManagedChannel channel;
    private final AtomicBoolean failed = new AtomicBoolean();

    FreshCalls(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        forgetLastFailure();
        // Otherwise a call made while the application handles a gRPC call of its own would end with that one.
        Context callers = Context.ROOT.attach();
        try {
            return new Noted<>(next.newCall(method, options));
        } finally {
            Context.ROOT.detach(callers);
        }
    }

    /**
     * Makes the channel forget its last failure. Otherwise the call would end at once with the error of the last
     * attempt, although the server may be back.
     */
    private void forgetLastFailure() {
        // The channel fails calls before it reports TRANSIENT_FAILURE, so its state alone is not enough.
        boolean lastFailed = failed.getAndSet(false);
        var state = channel.getState(false);
        if (state == ConnectivityState.TRANSIENT_FAILURE || (lastFailed && state != ConnectivityState.READY)) {
            channel.enterIdle();
            awaitChannel();
        }
    }

    /**
     * Waits until the channel has left its failed state. If another thread is at work on the channel, that thread does
     * it.
     */
    private void awaitChannel() {
        var done = new CountDownLatch(1);
        channel.notifyWhenStateChanged(ConnectivityState.TRANSIENT_FAILURE, done::countDown);
        try {
            var unused = done.await(FORGETTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call that notes whether it failed for lack of a connection. */
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
