package io.scopegate.server.model;

import java.time.Duration;

/**
 * How one attempt to take up a version has ended.
 *
 * @param reference {@code NAME/VERSION}
 * @param digest of its manifest
 * @param outcome what became of it
 * @param detail why, for people; empty if it is served
 * @param noRoom whether memory is what it lacks
 * @param took from the first byte read to the swap, or to the failure
 */
public record ReloadResult(
        String reference, String digest, Outcome outcome, String detail, boolean noRoom, Duration took) {

    /** What became of a version. */
    public enum Outcome {
        /** It is served. */
        SERVED,
        /** It is not sound: in quarantine until its content changes. */
        FAILED,
        /**
         * There is no room for it now, or no target, its engine is being built, or a file of it cannot be read; it is tried
         * again.
         */
        POSTPONED
    }
}
