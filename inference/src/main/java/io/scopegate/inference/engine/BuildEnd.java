package io.scopegate.inference.engine;

import java.time.Duration;

/**
 * How a build has ended.
 *
 * @param outcome what came of it
 * @param took from its start, also if it waited for another server's
 */
public record BuildEnd(Outcome outcome, Duration took) {

    /** What came of a build. */
    public enum Outcome {
        /** The engine is there. */
        BUILT,
        /** Another server had built it meanwhile. */
        FOUND,
        /** It is not there. */
        FAILED
    }
}
