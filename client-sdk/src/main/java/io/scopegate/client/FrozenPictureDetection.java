package io.scopegate.client;

import java.time.Duration;
import java.util.Objects;

/** Whether a picture that has stopped changing counts as out of body. */
public sealed interface FrozenPictureDetection {

    /** Frozen pictures are treated like any other. */
    record Off() implements FrozenPictureDetection {}

    /** Content that has been identical for this long counts as frozen. */
    record After(Duration time) implements FrozenPictureDetection {

        /** Throws if the time is negative. */
        public After {
            Objects.requireNonNull(time, "time");
            if (time.isNegative()) {
                throw new IllegalArgumentException("time must be at least 0, got " + time);
            }
        }
    }

    /** No detection. */
    static FrozenPictureDetection off() {
        return new Off();
    }

    /** Content that has been identical for this long counts as frozen. */
    static FrozenPictureDetection after(Duration time) {
        return new After(time);
    }
}
