package io.scopegate.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;

/** Makes each call try the link as it is now, and live as long as its own caller says. */
final class FreshCalls implements ClientInterceptor {
    private final ManagedChannel channel;

    FreshCalls(ManagedChannel channel) {
        this.channel = channel;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        // Else the call would end at once with the error of the last attempt, though the server may be back.
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.enterIdle();
        }
        // Else a call made while a gRPC call of the application's own is handled would end with that one.
        Context callers = Context.ROOT.attach();
        try {
            return next.newCall(method, options);
        } finally {
            Context.ROOT.detach(callers);
        }
    }
}
