package io.scopegate.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How a stream's verdict follows the raw verdicts. It changes to out of body at once, and to in body only after the
 * given number of frames and the given time.
 */
public sealed interface Smoothing {

    /** No smoothing. */
    record Off() implements Smoothing {}

    /**
     * The verdict changes to in body only after both.
     *
     * @param frames how many consecutive frames must be at or above the threshold
     * @param time how long the frames must stay at or above the threshold
     */
    record BackToInBodyAfter(int frames, Duration time) implements Smoothing {

        /** Throws if a value is negative. */
        public BackToInBodyAfter {
            if (frames < 0) {
                throw new IllegalArgumentException("frames must be at least 0, got " + frames);
            }
            Objects.requireNonNull(time, "time");
            if (time.isNegative()) {
                throw new IllegalArgumentException("time must be at least 0, got " + time);
            }
        }
    }

    /** No smoothing. */
    static Smoothing off() {
        return new Off();
    }

    /** Changes to in body after this many consecutive frames and this much time, whichever takes longer. */
    static Smoothing backToInBodyAfter(int frames, Duration time) {
        return new BackToInBodyAfter(frames, time);
    }
}
