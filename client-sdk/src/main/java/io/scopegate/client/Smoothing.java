package io.scopegate.client;

import java.time.Duration;
import java.util.Objects;

/** How a stream's verdict follows the raw ones: to out of body at once, back to in body only when it has been earned. */
public sealed interface Smoothing {

    /** The verdict is the raw verdict. */
    record Off() implements Smoothing {}

    /**
     * Back to in body only after both of these at or above the threshold.
     *
     * @param frames consecutive ones
     */
    record BackToInBodyAfter(int frames, Duration time) implements Smoothing {

        /** Refuses negative values. */
        public BackToInBodyAfter {
            if (frames < 0) {
                throw new IllegalArgumentException("frames is " + frames + ", at least 0");
            }
            Objects.requireNonNull(time, "time");
            if (time.isNegative()) {
                throw new IllegalArgumentException("time is " + time + ", at least 0");
            }
        }
    }

    /** No smoothing. */
    static Smoothing off() {
        return new Off();
    }

    /** Back to in body after this many consecutive frames and this much time, whichever comes later. */
    static Smoothing backToInBodyAfter(int frames, Duration time) {
        return new BackToInBodyAfter(frames, time);
    }
}
