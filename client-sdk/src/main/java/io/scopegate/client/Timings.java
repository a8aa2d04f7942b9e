package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a frame's time went at the server. A stage that the frame did not reach is empty.
 *
 * @param receivedAt by the server's clock
 * @param queue time spent waiting, before and between the stages
 * @param total from {@code receivedAt} until the answer was ready; excludes the time that it then waits for a slow
 *     reader
 * @param ageAtVerdict from the capture time to the verdict; empty while the clock offset is unknown
 * @param clockOffset offset of the server's clock from the client's, as the server used it
 * @param batchSize how many frames were classified in the same inference run
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
