package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.Frame;
import io.scopegate.server.pipeline.WaitingPictureLimit;
import io.scopegate.server.telemetry.FrameMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests, without a network, the counting of messages that never reach their call. */
class UndeliveredMessagesTest {

    private static final ClassifyStreamRequest FRAME = ClassifyStreamRequest.newBuilder()
            .setFrame(Frame.getDefaultInstance())
            .build();
    private static final ClassifyRequest SINGLE =
            ClassifyRequest.newBuilder().setFrame(Frame.getDefaultInstance()).build();
    private static final ClassifyStreamRequest PROBE = ClassifyStreamRequest.newBuilder()
            .setClockProbe(ClockProbe.getDefaultInstance())
            .build();

    private static final Status PACKED_OTHERWISE =
            Status.INTERNAL.withDescription("Can't decode compressed gRPC message");

    private static final List<Status> REFUSED_BY_THE_TRANSPORT = List.of(
            Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size 1: 99"),
            Status.INTERNAL.withDescription("gRPC frame header malformed: reserved bits not zero"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FrameMetrics metrics = new FrameMetrics(meters);
    private final List<Object> heard = new ArrayList<>();

    @Test
    void messagesDroppedAtTheEndOfACallCountAsCallOver() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
        FirstMessage<Object> call = call(watch);
        for (int message = 0; message < 3; message++) {
            watch.inboundMessageRead(message, 1, 1);
        }
        call.onMessage(FRAME);

        call.onCancel();

        assertThat(heard).containsExactly(FRAME);
        assertThat(callOver()).isEqualTo(2);
    }

    /** A message that has reached its call does not count. */
    @Test
    void deliveredMessageDoesNotCountAsCallOver() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
        FirstMessage<Object> call = call(watch);
        watch.inboundMessageRead(0, 1, 1);
        call.onMessage(FRAME);

        call.onComplete();

        assertThat(callOver()).isZero();
    }

    @Test
    void lateMessageCountsOnlyIfItHasAFrame() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
        FirstMessage<Object> call = call(watch);
        assertThat(call.late()).isTrue();
        watch.inboundMessageRead(0, 1, 1);
        watch.inboundMessageRead(1, 1, 1);

        call.onMessage(PROBE);
        call.onMessage(FRAME);
        call.onCancel();

        assertThat(heard).isEmpty();
        assertThat(callOver()).isOne();
    }

    @Test
    void theFrameOfASingleCallThatNeverBeganCounts() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyMethod());
        FirstMessage<Object> call = singleCall(watch);
        watch.inboundMessageRead(0, 1, 1);
        call.onMessage(SINGLE);

        call.onComplete();

        assertThat(callOver()).isOne();
    }

    /** The frame of a single call that has begun does not count. */
    @Test
    void frameOfAStartedSingleCallDoesNotCountAsCallOver() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyMethod());
        FirstMessage<Object> call = singleCall(watch);
        watch.inboundMessageRead(0, 1, 1);
        call.onMessage(SINGLE);
        call.onHalfClose();

        call.onComplete();

        assertThat(callOver()).isZero();
    }

    @Test
    void whatTheTransportDropsOfAServiceThatTakesNoFramesDoesNotCount() {
        CallWatch watch = watch(HealthGrpc.getCheckMethod());
        FirstMessage<Object> call = call(watch);
        watch.inboundMessageRead(0, 1, 1);

        call.onCancel();

        assertThat(callOver()).isZero();
    }

    /** A message that the transport refuses after its call has ended counts once, as {@code call_over}. */
    @Test
    void transportRefusalAfterACallsEndCountsOnceAsCallOver() {
        for (Status refusal : REFUSED_BY_THE_TRANSPORT) {
            CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
            FirstMessage<Object> call = call(watch);
            watch.end(CallRefusedException.draining());

            watch.streamClosed(refusal);
            call.onCancel();
        }

        assertThat(callOver()).isEqualTo(REFUSED_BY_THE_TRANSPORT.size());
        assertThat(refused()).isEqualTo(REFUSED_BY_THE_TRANSPORT.size());
    }

    /**
     * The call ends, and then the transport reads a message and refuses it. The message counts once, as {@code
     * call_over}.
     */
    @Test
    void undecodableMessageAfterACallsEndCountsOnce() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
        FirstMessage<Object> call = call(watch);
        watch.end(CallRefusedException.draining());

        watch.inboundMessageRead(0, 1, 1);
        watch.streamClosed(PACKED_OTHERWISE);
        call.onCancel();

        assertThat(callOver()).isOne();
        assertThat(refused()).isOne();
    }

    /** The refusal of a message ends its call at once. The message counts once, by the reason for the refusal. */
    @Test
    void undecodableMessageCountsOnceWhenItsRefusalEndsTheCall() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
        FirstMessage<Object> call = call(watch);
        watch.filterContext(Context.ROOT)
                .run(() -> CallWatch.tell(refusal -> {
                    call.onCancel();
                    return true;
                }));

        watch.inboundMessageRead(0, 1, 1);
        watch.streamClosed(PACKED_OTHERWISE);

        assertThat(callOver()).isZero();
        assertThat(refused()).isOne();
    }

    /**
     * The call is over after the transport has read a message and before it refuses it. The message counts once, as
     * {@code call_over}.
     */
    @Test
    void undecodableMessageReadBeforeACancelCountsOnce() {
        CallWatch watch = watch(ClassifierGrpc.getClassifyStreamMethod());
        FirstMessage<Object> call = call(watch);
        watch.inboundMessageRead(0, 1, 1);
        call.onCancel();

        watch.streamClosed(PACKED_OTHERWISE);

        assertThat(callOver()).isOne();
        assertThat(refused()).isOne();
    }

    private CallWatch watch(MethodDescriptor<?, ?> method) {
        return (CallWatch) CallWatch.factory(1, new UnfinishedMessages(Long.MAX_VALUE, Long.MAX_VALUE), metrics)
                .newServerStreamTracer(method.getFullMethodName(), new Metadata());
    }

    private FirstMessage<Object> call(CallWatch watch) {
        return call(watch, true);
    }

    private FirstMessage<Object> singleCall(CallWatch watch) {
        return call(watch, false);
    }

    private FirstMessage<Object> call(CallWatch watch, boolean stream) {
        ServerCall.Listener<Object> listener = new ServerCall.Listener<>() {
            @Override
            public void onMessage(Object message) {
                heard.add(message);
            }
        };
        return new FirstMessage<>(listener, watch, stream, new WaitingPictureLimit(Long.MAX_VALUE));
    }

    private int refused() {
        return (int) meters.get("scopegate.messages.refused").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private int callOver() {
        return (int) meters.get("scopegate.messages.refused")
                .tag("reason", "call_over")
                .counter()
                .count();
    }
}
