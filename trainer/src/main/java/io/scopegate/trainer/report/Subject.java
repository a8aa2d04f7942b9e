package io.scopegate.trainer.report;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * What was evaluated, on what, and when.
 *
 * @param model {@code NAME/VERSION}, or the file of its weights
 * @param digest names the model
 * @param frames which frames were asked about, in words
 * @param dataDigest SHA-256 over the digests, labels and groups of the frames
 * @param date of the evaluation
 */
public record Subject(String model, String digest, String frames, String dataDigest, Instant date) {

    /** The date to the second, in UTC. */
    String day() {
        return DateTimeFormatter.ISO_INSTANT.format(date.truncatedTo(ChronoUnit.SECONDS));
    }
}
