package io.scopegate.client;

import io.grpc.ManagedChannel;

/** A public API as it must not be: a counterexample on which the rule is tested. */
public final class LeakyClient {
    private LeakyClient() {}

    /** Exposes a type of the transport. */
    public static ManagedChannel channel() {
        throw new UnsupportedOperationException("never called");
    }
}
