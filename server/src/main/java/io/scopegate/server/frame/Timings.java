package io.scopegate.server.frame;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a frame's time went into; null where it did not come that far.
 *
 * @param decodeQueue waiting for a worker
 * @param decode bytes to picture
 * @param preprocess picture to tensor
 * @param inferQueue waiting for the network
 * @param infer tensor to logits
 * @param postprocess logits to verdict
 * @param age its age at the verdict
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

    /** Nothing is known. */
    public static final Timings NONE = new Timings(null, null, null, null, null, null, null, 0);

    /** Waiting before and between the stages. */
    public @Nullable Duration queue() {
        return decodeQueue == null || inferQueue == null ? decodeQueue : decodeQueue.plus(inferQueue);
    }

    /**
     * How old a frame was by the client's clock.
     *
     * @param sinceCapture best estimate
     * @param clockOffset of the server's clock against the client's
     * @param clockUncertainty of that offset
     */
    public record Age(Duration sinceCapture, Duration clockOffset, Duration clockUncertainty) {}
}
