package io.scopegate.server.frame;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All of a frame but its picture.
 *
 * @param id as sent; unsigned
 * @param captureTime by the client's clock, if sent
 * @param source what the source of the picture says about it
 * @param receivedAt by the server's wall clock
 * @param receivedNanos the same moment by the server's steady clock
 */
public record FrameHeader(
        long id, @Nullable Instant captureTime, Source source, Instant receivedAt, long receivedNanos) {

    /** The same, as if it did not say when it was taken. */
    public FrameHeader undated() {
        return new FrameHeader(id, null, source, receivedAt, receivedNanos);
    }

    /**
     * Carried through unread.
     *
     * @param frameNumber unsigned
     * @param time such as PTP time
     */
    public record Source(
            @Nullable Long frameNumber, @Nullable Instant time) {

        /** Nothing was sent. */
        public static final Source UNKNOWN = new Source(null, null);
    }
}
