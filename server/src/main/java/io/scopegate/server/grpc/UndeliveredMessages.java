package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.RefusedMessage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Messages that have arrived for a call but that the call does not receive. A frame in one of them is never answered,
 * so it is counted here. Used on the call's thread unless stated otherwise.
 */
final class UndeliveredMessages {

    private final boolean framesMayCome;
    private final FrameMetrics metrics;
    private final AtomicInteger withTransport = new AtomicInteger();
    private int frames;

    /**
     * Counts for one call.
     *
     * @param framesMayCome whether the call's messages may contain frames
     */
    UndeliveredMessages(boolean framesMayCome, FrameMetrics metrics) {
        this.framesMayCome = framesMayCome;
        this.metrics = metrics;
    }

    /**
     * Notes a message that the transport has received, and will hand over unless the call ends before. On the
     * transport's thread.
     */
    void read() {
        withTransport.incrementAndGet();
    }

    /** Notes a message that the transport has handed over. */
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

    /** Stops tracking the messages handed over so far: the call has received them. */
    void heard() {
        frames = 0;
    }

    /**
     * Notes that a message which the transport has received is refused and will not be handed over. On the transport's
     * thread. Returns false if the call is over, whose end has already counted the message.
     */
    boolean refused() {
        return withTransport.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** Counts the frames among the messages handed over that the call will not receive. */
    void refuse(RefusedMessage why) {
        for (; frames > 0; frames--) {
            metrics.refused(why);
        }
    }

    /**
     * Counts what is left when the call is over. What the transport has not handed over it has dropped, unread; each
     * such message is counted as if it held a frame, if this call may send frames.
     */
    void over() {
        frames += framesMayCome ? withTransport.getAndSet(0) : 0;
        refuse(RefusedMessage.CALL_OVER);
    }
}
