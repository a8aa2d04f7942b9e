package io.scopegate.server.pipeline;

/** What became of a frame that arrived at its stream. */
public enum AdmissionResult {
    /** It has its place among the stream's frames, and will be answered or abandoned with them. */
    TAKEN,
    /**
     * It has its place but cannot go on, for example for lack of memory. The caller has to end the stream; the frame
     * is abandoned with the others.
     */
    BROKEN,
    /** Its stream had already ended. */
    TOO_LATE
}
