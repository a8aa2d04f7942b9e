package io.scopegate.inference.engine;

/**
 * How an engine is made, whatever the machine.
 *
 * @param precision what it computes with
 * @param maxBatch largest number of frames in a batch
 * @param options digest of the provider's options that shape it, {@code sha256:} and 64 hexadecimal digits
 */
public record EngineSpecification(Precision precision, int maxBatch, String options) {

    private static final int MAX_BATCH = 1024;

    /** @throws IllegalArgumentException naming the field, what it should be and what it is */
    public EngineSpecification {
        if (maxBatch < 1 || maxBatch > MAX_BATCH) {
            throw new IllegalArgumentException("maxBatch: 1 to " + MAX_BATCH + ", not " + maxBatch);
        }
        EngineKey.requireDigest("options", options);
    }
}
