package io.scopegate.trainer.report;

import io.scopegate.inference.target.ExecutionTarget;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * What was evaluated, on which frames, and when.
 *
 * @param model {@code NAME/VERSION}, the draft of one, or the file name of weights or an ONNX file
 * @param digest digest of what was evaluated
 * @param target where the network ran
 * @param frames which frames were evaluated, in words
 * @param dataDigest SHA-256 over the digests, labels and groups of the frames
 * @param date date of the evaluation
 */
public record Subject(
        String model, Digest digest, ExecutionTarget target, String frames, String dataDigest, Instant date) {

    /**
     * SHA-256 of what was evaluated. Published models are identified by the digest of their manifest, so digests of
     * anything else have field names of their own and cannot be mistaken for it.
     *
     * @param field name of the field in {@code metrics.json}
     * @param meaning what the digest is of, for people
     * @param value the digest, prefixed with the algorithm
     */
    public record Digest(String field, String meaning, String value) {

        /** Creates the digest that identifies a published model: that of its manifest. */
        public static Digest ofModel(String value) {
            return new Digest("digest", "Digest", value);
        }

        /** Creates the digest of an unpublished network, which its manifest would list. */
        public static Digest ofNetwork(String sha256) {
            return new Digest("networkDigest", "Digest of the network alone, its ONNX file", "sha256:" + sha256);
        }

        /** Creates the digest of a file of weights. */
        public static Digest ofWeights(String sha256) {
            return new Digest("weightsDigest", "Digest of the weights' file", "sha256:" + sha256);
        }
    }

    /** Returns date and time in UTC, to the second. */
    String day() {
        return DateTimeFormatter.ISO_INSTANT.format(date.truncatedTo(ChronoUnit.SECONDS));
    }
}
