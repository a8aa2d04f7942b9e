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
        BUILT("built"),
        /** Another server had built it meanwhile. */
        FOUND("another server has built it"),
        /** It is not there. */
        FAILED("not built");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** For people. */
        String text() {
            return text;
        }
    }
}
