package io.scopegate.trainer.report;

import io.scopegate.inference.target.ExecutionTarget;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * What was evaluated, on what, and when.
 *
 * @param model {@code NAME/VERSION}, or its draft, or the file of its weights
 * @param digest of what was evaluated
 * @param target where it ran
 * @param frames which frames were asked about, in words
 * @param dataDigest SHA-256 over the digests, labels and groups of the frames
 * @param date of the evaluation
 */
public record Subject(
        String model, Digest digest, ExecutionTarget target, String frames, String dataDigest, Instant date) {

    /**
     * SHA-256 of what was evaluated. Only a published model has the one that names a model everywhere, so that of anything
     * else must not look like it.
     *
     * @param field in {@code metrics.json}
     * @param meaning for people
     * @param value beginning with the algorithm
     */
    public record Digest(String field, String meaning, String value) {

        /** The one that names a published model: its manifest's. */
        public static Digest ofModel(String value) {
            return new Digest("digest", "Digest", value);
        }

        /** Of a network that is not published, as the manifest would list it. */
        public static Digest ofNetwork(String sha256) {
            return new Digest("networkDigest", "Digest of the network alone, its ONNX file", "sha256:" + sha256);
        }

        /** Of a file of weights. */
        public static Digest ofWeights(String sha256) {
            return new Digest("weightsDigest", "Digest of the weights' file", "sha256:" + sha256);
        }
    }

    /** The date to the second, in UTC. */
    String day() {
        return DateTimeFormatter.ISO_INSTANT.format(date.truncatedTo(ChronoUnit.SECONDS));
    }
}
