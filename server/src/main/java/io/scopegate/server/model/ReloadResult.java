package io.scopegate.server.model;

import java.time.Duration;

/**
 * The result of one attempt to serve a version.
 *
 * @param reference {@code NAME/VERSION}
 * @param digest digest of its manifest
 * @param outcome what became of it
 * @param detail the reason, for humans; empty if it is served
 * @param noRoom whether it was postponed for lack of memory
 * @param took from the first byte read to the swap or the failure
 */
public record ReloadResult(
        String reference, String digest, Outcome outcome, String detail, boolean noRoom, Duration took) {

    /** What became of a version. */
    public enum Outcome {
        /** It is served. */
        SERVED,
        /** It is invalid, and quarantined until its content changes. */
        FAILED,
        /**
         * There is not enough memory or no target for it now, its engine is being built, or one of its files cannot be
         * read. It is tried again.
         */
        POSTPONED
    }
}
