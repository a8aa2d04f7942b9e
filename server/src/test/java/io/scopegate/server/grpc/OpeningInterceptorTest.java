package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Frame;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.pipeline.WaitingPictureLimit;
import io.scopegate.server.telemetry.FrameMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests calls that begin after the server has stopped, when no timer watches over calls any more. */
class OpeningInterceptorTest {

    private static final ConnectionSettings CONNECTIONS = new ConnectionSettings(
            1,
            new CallShare(1, 1),
            new Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
            false);
    private static final ClassifyStreamRequest FRAME = ClassifyStreamRequest.newBuilder()
            .setFrame(Frame.getDefaultInstance())
            .build();
    private static final ClassifyRequest SINGLE =
            ClassifyRequest.newBuilder().setFrame(Frame.getDefaultInstance()).build();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TimerThread timer = new TimerThread();
    private final List<Object> heard = new ArrayList<>();

    @Test
    void aStreamThatBeginsOnceTheServerHasStoppedIsToldSoAndItsFrameCounts() {
        timer.close();
        EndedCall<ClassifyStreamRequest, ClassifyStreamResponse> call =
                new EndedCall<>(ClassifierGrpc.getClassifyStreamMethod());

        Context context = watched(call);
        ServerCall.Listener<ClassifyStreamRequest> listener = intercept(call, context);
        receive(FRAME, listener, context);
        listener.onComplete();

        assertThat(call.ends).containsExactly(Status.Code.UNAVAILABLE);
        assertThat(heard).isEmpty();
        assertThat(callOver()).isOne();
    }

    @Test
    void aSingleCallThatBeginsOnceTheServerHasStoppedIsToldSoAndItsFrameCounts() {
        timer.close();
        EndedCall<ClassifyRequest, ClassifyResponse> call = new EndedCall<>(ClassifierGrpc.getClassifyMethod());

        Context context = watched(call);
        ServerCall.Listener<ClassifyRequest> listener = intercept(call, context);
        receive(SINGLE, listener, context);
        listener.onHalfClose();
        listener.onComplete();

        assertThat(call.ends).containsExactly(Status.Code.UNAVAILABLE);
        assertThat(heard).isEmpty();
        assertThat(callOver()).isOne();
    }

    private Context watched(EndedCall<?, ?> call) {
        return CallWatch.factory(1, new UnfinishedMessages(Long.MAX_VALUE, Long.MAX_VALUE), new FrameMetrics(meters))
                .newServerStreamTracer(call.getMethodDescriptor().getFullMethodName(), new Metadata())
                .filterContext(Context.ROOT);
    }

    /** Passes a call through the server's interceptors to a listener that only records messages. */
    private <Q, A> ServerCall.Listener<Q> intercept(EndedCall<Q, A> call, Context context) {
        List<ServerCall.Listener<Q>> listeners = new ArrayList<>();
        context.run(() ->
                listeners.add(new OpeningInterceptor(CONNECTIONS, timer, new WaitingPictureLimit(Long.MAX_VALUE))
                        .interceptCall(
                                call,
                                new Metadata(),
                                (sameCall, headers) -> new CallWatchInterceptor()
                                        .interceptCall(sameCall, headers, (ended, sameHeaders) -> new Heard<>()))));
        return listeners.getFirst();
    }

    private static <Q> void receive(Q message, ServerCall.Listener<Q> call, Context context) {
        context.run(() -> CallWatch.current().inboundMessageRead(0, 1, 1));
        call.onMessage(message);
    }

    private final class Heard<Q> extends ServerCall.Listener<Q> {

        @Override
        public void onMessage(Q message) {
            heard.add(message);
        }
    }

    private int callOver() {
        return (int) meters.get("scopegate.messages.refused")
                .tag("reason", "call_over")
                .counter()
                .count();
    }

    /** A call that records the statuses with which it is ended. */
    private static final class EndedCall<Q, A> extends ServerCall<Q, A> {

        private final MethodDescriptor<Q, A> method;
        private final List<Status.Code> ends = new ArrayList<>();

        EndedCall(MethodDescriptor<Q, A> method) {
            this.method = method;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            ends.add(status.getCode());
        }

        @Override
        public MethodDescriptor<Q, A> getMethodDescriptor() {
            return method;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void request(int count) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(A message) {}
    }
}
