package io.scopegate.server.verdict;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stream's verdict follows from those on its single frames: out of body at once, back in body only once it is
 * earned.
 *
 * @param framesToInBody how many consecutive in-body frames it takes; the last of them is answered in body; 0 and 1
 *     mean no wait
 * @param timeToInBody how long the frames must also have been at or above the threshold
 * @param frozenAfter how long a picture may stay the same before it counts as frozen; null if pictures may repeat
 */
public record VerdictPolicy(
        int framesToInBody, Duration timeToInBody, @Nullable Duration frozenAfter) {

    /** Answers every frame by itself. */
    public static final VerdictPolicy SINGLE_FRAME = new VerdictPolicy(0, Duration.ZERO, null);

    /** Asks for more than a single frame can earn. */
    static final VerdictPolicy UNEARNED = new VerdictPolicy(2, Duration.ZERO, null);

    /** Returns whether the verdict may differ from the frame's own because of smoothing. */
    public boolean smooths() {
        return framesToInBody > 1 || timeToInBody.isPositive();
    }
}
