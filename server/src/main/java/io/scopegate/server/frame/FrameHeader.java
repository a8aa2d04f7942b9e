package io.scopegate.server.frame;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a frame except its picture.
 *
 * @param id as sent; unsigned
 * @param captureTime when the picture was taken, by the client's clock; null if not sent or not valid
 * @param source what the source of the picture says about it
 * @param receivedAt when the frame arrived, by the server's wall clock
 * @param receivedNanos the same moment by the server's monotonic clock
 */
public record FrameHeader(
        long id, @Nullable Instant captureTime, Source source, Instant receivedAt, long receivedNanos) {

    /** Returns a copy of this header without the capture time. */
    public FrameHeader undated() {
        return new FrameHeader(id, null, source, receivedAt, receivedNanos);
    }

    /**
     * The source's own number and time of the frame, returned unchanged in the answer and not interpreted.
     *
     * @param frameNumber unsigned; null if not sent
     * @param time for example PTP time; null if not sent or not valid
     */
    public record Source(
            @Nullable Long frameNumber, @Nullable Instant time) {

        /** The source sent neither number nor time. */
        public static final Source UNKNOWN = new Source(null, null);
    }
}
