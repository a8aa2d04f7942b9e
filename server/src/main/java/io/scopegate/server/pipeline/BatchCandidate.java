package io.scopegate.server.pipeline;

/** What a stream has for a batch when it is its turn. Made before it is asked for: what is taken is never lost for want of memory. */
sealed interface BatchCandidate permits PreparedFrame, BatchCandidate.None {

    /** Why there is no frame. */
    enum None implements BatchCandidate {
        /** The next one is of another model, and its stream keeps its turn. */
        OTHER_MODEL,
        /** There is none any more. */
        NOTHING
    }
}
