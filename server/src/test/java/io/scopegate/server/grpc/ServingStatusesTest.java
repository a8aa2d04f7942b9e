package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingStatusesTest {

    private static final String SERVICE = "model/tiny";

    private final ServingStatuses statuses = new ServingStatuses();

    @Test
    void failedNotificationIsRepeatedWhenPublishedAgain() {
        Watch watch = watch();
        statuses.publish(Map.of(SERVICE, true));
        watch.fails = true;
        assertThatThrownBy(() -> statuses.publish(Map.of(SERVICE, false))).isInstanceOf(OutOfMemoryError.class);

        watch.fails = false;
        statuses.publish(Map.of(SERVICE, false));

        assertThat(watch.heard).endsWith(ServingStatus.NOT_SERVING);
    }

    @Test
    void unchangedStatusIsNotSentAgain() {
        Watch watch = watch();
        statuses.publish(Map.of(SERVICE, true));

        statuses.publish(Map.of(SERVICE, true));

        assertThat(watch.heard).containsExactly(ServingStatus.SERVICE_UNKNOWN, ServingStatus.SERVING);
    }

    @SuppressWarnings("unchecked")
    private Watch watch() {
        Watch watch = new Watch();
        ServerCall.Listener<HealthCheckRequest> call = ((ServerMethodDefinition<
                                HealthCheckRequest, HealthCheckResponse>)
                        statuses.service()
                                .bindService()
                                .getMethod(HealthGrpc.getWatchMethod().getFullMethodName()))
                .getServerCallHandler()
                .startCall(watch, new Metadata());
        call.onMessage(HealthCheckRequest.newBuilder().setService(SERVICE).build());
        call.onHalfClose();
        return watch;
    }

    /** A watcher of a service's health. It records what it is told, or fails for lack of memory. */
    private static final class Watch extends ServerCall<HealthCheckRequest, HealthCheckResponse> {

        private final List<ServingStatus> heard = new ArrayList<>();
        private boolean fails;

        @Override
        public void sendMessage(HealthCheckResponse message) {
            if (fails) {
                throw new OutOfMemoryError("for a test");
            }
            heard.add(message.getStatus());
        }

        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<HealthCheckRequest, HealthCheckResponse> getMethodDescriptor() {
            return HealthGrpc.getWatchMethod();
        }
    }
}
