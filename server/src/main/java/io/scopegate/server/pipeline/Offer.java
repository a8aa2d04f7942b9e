package io.scopegate.server.pipeline;

/** What a stream has for a batch when it is its turn. */
sealed interface Offer {

    /**
     * A frame that may join. Its leases are the caller's.
     *
     * @param frame of the batch's model
     */
    record Joins(PreparedFrame frame) implements Offer {}

    /** A frame of another model, which keeps its turn. */
    record OtherModel() implements Offer {}

    /** No frame any more. */
    record Nothing() implements Offer {}
}
