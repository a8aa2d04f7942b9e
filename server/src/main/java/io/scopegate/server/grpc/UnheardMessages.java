package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.RefusedMessage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has come of a call's messages without the call hearing of it. Nobody answers a frame that is in one, so that it is
 * counted here. On the call's thread, unless said otherwise.
 */
final class UnheardMessages {

    private final boolean framesMayCome;
    private final FrameMetrics metrics;
    private final AtomicInteger withTransport = new AtomicInteger();
    private int frames;

    /**
     * Of one call.
     *
     * @param framesMayCome whether its messages may have frames
     */
    UnheardMessages(boolean framesMayCome, FrameMetrics metrics) {
        this.framesMayCome = framesMayCome;
        this.metrics = metrics;
    }

    /** The transport has read one, and will hand it over unless the call is over before. On the network's thread. */
    void read() {
        withTransport.incrementAndGet();
    }

    /** The transport has handed one over. */
    void handedOver(Object message) {
        withTransport.decrementAndGet();
        frames += hasFrame(message) ? 1 : 0;
    }

    private static boolean hasFrame(Object message) {
        return switch (message) {
            case ClassifyStreamRequest request -> request.hasFrame();
            case ClassifyRequest request -> request.hasFrame();
            default -> false;
        };
    }

    /** All that were handed over are the call's own from now on. */
    void heard() {
        frames = 0;
    }

    /**
     * One that the transport has read is refused, and will not be handed over. On the network's thread. False if the call is
     * over, and it has been counted with that.
     */
    boolean refused() {
        return withTransport.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** The call will not hear of those that were handed over. */
    void refuse(RefusedMessage why) {
        for (; frames > 0; frames--) {
            metrics.refused(why);
        }
    }

    /** The call is over. The transport has dropped what it has not handed over, and nobody has looked at that. */
    void over() {
        frames += framesMayCome ? withTransport.getAndSet(0) : 0;
        refuse(RefusedMessage.CALL_OVER);
    }
}
