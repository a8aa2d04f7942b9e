package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a frame's time went into at the server; empty where the frame did not come that far.
 *
 * @param receivedAt by the server's clock
 * @param queue waiting, before and between the stages
 * @param total from {@code receivedAt} to the moment that the answer was made; not what it waited for a slow reader
 * @param ageAtVerdict from the capture time to the verdict; empty while the clock offset is unknown
 * @param clockOffset of the server's clock against the client's, as the server used it
 * @param batchSize how many frames the model judged in the same run
 */
public record Timings(
        Optional<Instant> receivedAt,
        Optional<Duration> decode,
        Optional<Duration> preprocess,
        Optional<Duration> queue,
        Optional<Duration> infer,
        Optional<Duration> postprocess,
        Optional<Duration> total,
        Optional<Duration> ageAtVerdict,
        Optional<Duration> clockOffset,
        Optional<Duration> clockUncertainty,
        int batchSize) {}
