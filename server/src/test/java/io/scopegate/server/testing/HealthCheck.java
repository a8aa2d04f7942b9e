package io.scopegate.server.testing;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.TimeUnit;

/** The smallest possible call, which shows whether a client is let in. */
public final class HealthCheck {

    private HealthCheck() {}

    /** Makes the call, closes the channel, and returns the status with which the call ended. */
    public static Status.Code on(ManagedChannel channel) {
        try {
            HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }
}
