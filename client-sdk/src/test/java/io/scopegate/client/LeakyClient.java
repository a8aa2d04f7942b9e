package io.scopegate.client;

import io.grpc.ManagedChannel;

/** What the public API must not be like; the rule against it is tried on this. */
public final class LeakyClient {
    private LeakyClient() {}

    /** Shows a type of the transport. */
    public static ManagedChannel channel() {
        throw new UnsupportedOperationException("never called");
    }
}
