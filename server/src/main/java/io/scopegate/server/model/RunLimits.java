package io.scopegate.server.model;

import java.time.Duration;

/**
 * The limits of one run of a model.
 *
 * @param maxBatch maximum number of frames
 * @param time time after which the run counts as hung
 */
record RunLimits(int maxBatch, Duration time) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final int TIMES_WARM_UP = 10;

    /** Returns the limits for a model whose slowest run so far took this long. */
    static RunLimits of(int maxBatch, Duration slowestRun) {
        Duration time = slowestRun.multipliedBy(TIMES_WARM_UP);
        return new RunLimits(maxBatch, time.compareTo(LEAST) > 0 ? time : LEAST);
    }
}
