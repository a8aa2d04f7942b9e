package io.scopegate.server.pipeline;

/**
 * What a stream has for a batch when its turn comes. Created before it is asked for, so that a frame that is taken
 * cannot be lost for lack of memory.
 */
sealed interface BatchCandidate permits PreparedFrame, BatchCandidate.None {

    /** Why a stream has no frame for the batch. */
    enum None implements BatchCandidate {
        /** Its next frame is for another model; the stream keeps its turn. */
        OTHER_MODEL,
        /** It has no frame any more. */
        NOTHING
    }
}
