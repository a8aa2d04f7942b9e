package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.Frame;
import io.scopegate.server.pipeline.WaitingPictureLimit;
import io.scopegate.server.telemetry.FrameMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how the message of a single call counts against the memory for waiting pictures until the call begins. */
class FirstMessageTest {

    private static final ClassifyRequest SINGLE = ClassifyRequest.newBuilder()
            .setFrame(Frame.newBuilder().setEncoded(ByteString.copyFrom(new byte[2000])))
            .build();
    private static final int BYTES = SINGLE.getSerializedSize();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FrameMetrics metrics = new FrameMetrics(meters);
    private final WaitingPictureLimit pictures = new WaitingPictureLimit(2L * BYTES);
    private final List<Object> heard = new ArrayList<>();
    private final List<Status> ends = new ArrayList<>();
    private final List<Long> takenAtBegin = new ArrayList<>();

    @Test
    void messageHoldsMemoryOnlyUntilItsCallBegins() {
        FirstMessage<Object> call = single();

        call.onMessage(SINGLE);
        assertThat(pictures.taken()).isEqualTo(BYTES);

        call.onHalfClose();
        assertThat(takenAtBegin).containsExactly(0L);

        call.onComplete();
        assertThat(pictures.taken()).isZero();
    }

    @Test
    void messageIsRefusedWhenOpenCallsHaveTakenAllMemory() {
        FirstMessage<Object> first = single();
        FirstMessage<Object> second = single();
        FirstMessage<Object> third = single();

        first.onMessage(SINGLE);
        second.onMessage(SINGLE);
        third.onMessage(SINGLE);

        assertThat(heard).hasSize(2);
        assertThat(pictures.taken()).isEqualTo(2L * BYTES);
        assertThat(ends).hasSize(1);
        assertThat(ends.getFirst().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(ends.getFirst().getDescription())
                .isEqualTo("waiting pictures: at most %d bytes in all streams, not %d", 2 * BYTES, 3 * BYTES);
        assertThat(refused("no_room")).isOne();
    }

    @Test
    void aSmallMessageGetsThroughWhereThereIsNoRoom() {
        pictures.take(2L * BYTES);
        FirstMessage<Object> call = single();

        call.onMessage(
                HealthCheckRequest.newBuilder().setService("model/inbody").build());
        call.onHalfClose();

        assertThat(heard).hasSize(1);
        assertThat(ends).isEmpty();
        assertThat(pictures.taken()).isEqualTo(2L * BYTES);
    }

    @Test
    void messageRefusedForMemoryCountsOnceAndReleasesNone() {
        pictures.take(2L * BYTES);
        FirstMessage<Object> call = single();

        call.onMessage(SINGLE);
        call.onHalfClose();
        call.onComplete();

        assertThat(pictures.taken()).isEqualTo(2L * BYTES);
        assertThat(heard).isEmpty();
        assertThat(takenAtBegin).isEmpty();
        assertThat(refused("no_room")).isOne();
        assertThat(refused("call_over")).isZero();
    }

    @Test
    void aCallThatNeverBeginsGivesItsRoomBackOnceHoweverItEnds() {
        FirstMessage<Object> cancelled = single();
        cancelled.onMessage(SINGLE);
        cancelled.onCancel();
        assertThat(pictures.taken()).isZero();

        FirstMessage<Object> late = single();
        late.onMessage(SINGLE);
        assertThat(late.late()).isTrue();
        late.onHalfClose();
        assertThat(pictures.taken()).isEqualTo(BYTES);
        late.onComplete();
        assertThat(pictures.taken()).isZero();

        FirstMessage<Object> twice = single();
        twice.onMessage(SINGLE);
        twice.onMessage(SINGLE);
        assertThat(pictures.taken()).isEqualTo(BYTES);
        twice.onComplete();
        assertThat(pictures.taken()).isZero();
    }

    private FirstMessage<Object> single() {
        CallWatch watch = (CallWatch) CallWatch.factory(
                        1 << 20, new UnfinishedMessages(Long.MAX_VALUE, Long.MAX_VALUE), metrics)
                .newServerStreamTracer(ClassifierGrpc.getClassifyMethod().getFullMethodName(), new Metadata());
        watch.filterContext(Context.ROOT)
                .run(() -> CallWatch.tell(refusal -> {
                    ends.add(refusal.toGrpc().getStatus());
                    return true;
                }));
        ServerCall.Listener<Object> listener = new ServerCall.Listener<>() {
            @Override
            public void onMessage(Object message) {
                heard.add(message);
            }

            @Override
            public void onHalfClose() {
                takenAtBegin.add(pictures.taken());
            }
        };
        return new FirstMessage<>(listener, watch, false, pictures);
    }

    private int refused(String reason) {
        return (int) meters.get("scopegate.messages.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
