package io.scopegate.server.frame;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a frame's time went into; null where it did not come that far.
 *
 * @param decode bytes to picture
 * @param preprocess picture to tensor
 * @param queue waiting before and between the stages
 * @param infer tensor to logits
 * @param postprocess logits to verdict
 * @param age its age at the verdict
 * @param batchSize how many frames the model judged in the same run; 0 if it did not judge this one
 */
public record Timings(
        @Nullable Duration decode,
        @Nullable Duration preprocess,
        @Nullable Duration queue,
        @Nullable Duration infer,
        @Nullable Duration postprocess,
        @Nullable Age age,
        int batchSize) {

    /** Nothing is known. */
    public static final Timings NONE = new Timings(null, null, null, null, null, null, 0);

    /**
     * How old a frame was by the client's clock.
     *
     * @param sinceCapture best estimate
     * @param clockOffset of the server's clock against the client's
     * @param clockUncertainty of that offset
     */
    public record Age(Duration sinceCapture, Duration clockOffset, Duration clockUncertainty) {}
}
