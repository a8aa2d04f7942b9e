package io.scopegate.inference.engine;

import java.time.Duration;

/**
 * How a build has ended.
 *
 * @param outcome what came of it
 * @param took time from its start, including any wait for another server's build
 */
public record BuildEnd(Outcome outcome, Duration took) {

    /** What came of a build. */
    public enum Outcome {
        /** The engine was built. */
        BUILT("built"),
        /** Another server had built the engine meanwhile. */
        FOUND("another server has built it"),
        /** There is no engine. */
        FAILED("not built");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** Returns the text for people. */
        String text() {
            return text;
        }
    }
}
