package io.scopegate.server.frame;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a frame's time went. A stage that the frame did not reach is null.
 *
 * @param decodeQueue waiting for a worker
 * @param decode from bytes to picture
 * @param preprocess from picture to tensor
 * @param inferQueue waiting for the network
 * @param infer from tensor to logits
 * @param postprocess from logits to verdict
 * @param age the frame's age at the verdict; null while the client's clock is unknown
 * @param batchSize how many frames the model judged in the same run; 0 if it did not judge this one
 */
public record Timings(
        @Nullable Duration decodeQueue,
        @Nullable Duration decode,
        @Nullable Duration preprocess,
        @Nullable Duration inferQueue,
        @Nullable Duration infer,
        @Nullable Duration postprocess,
        @Nullable Age age,
        int batchSize) {

    /** Nothing is known about the frame's times. */
    public static final Timings NONE = new Timings(null, null, null, null, null, null, null, 0);

    /** Returns the time spent waiting, before and between the stages; null if its decoding did not start. */
    public @Nullable Duration queue() {
        return decodeQueue == null || inferQueue == null ? decodeQueue : decodeQueue.plus(inferQueue);
    }

    /**
     * The age of a frame, counted from its capture time if it has one, else from its arrival.
     *
     * @param sinceCapture best estimate
     * @param clockOffset offset of the server's clock from the client's
     * @param clockUncertainty of that offset
     */
    public record Age(Duration sinceCapture, Duration clockOffset, Duration clockUncertainty) {}
}
