package io.scopegate.server.pipeline;

/** What has become of a frame that has come to its stream. */
public enum AdmissionResult {
    /** It has its place among the stream's frames, and is answered or abandoned with them. */
    TAKEN,
    /** It has its place and cannot go on, as for want of memory: its stream is to be ended, and it is abandoned with the others. */
    BROKEN,
    /** Its stream has ended. */
    TOO_LATE
}
