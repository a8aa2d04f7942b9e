package io.scopegate.server.verdict;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stream's verdict follows those on its single frames: to out of body at once, back to in body only when it has
 * been earned.
 *
 * @param framesToInBody so many consecutive in-body frames, the last of which is answered in body; 0 and 1 are no wait
 * @param timeToInBody so long at or above the threshold as well
 * @param frozenAfter how long a picture may stay the same; null where pictures may repeat
 */
public record VerdictPolicy(
        int framesToInBody, Duration timeToInBody, @Nullable Duration frozenAfter) {

    /** Every frame by itself. */
    public static final VerdictPolicy SINGLE_FRAME = new VerdictPolicy(0, Duration.ZERO, null);

    /** Nothing that one frame could earn. */
    static final VerdictPolicy UNEARNED = new VerdictPolicy(2, Duration.ZERO, null);

    /** Whether the verdict may differ from the frame's own. */
    public boolean smooths() {
        return framesToInBody > 1 || timeToInBody.isPositive();
    }
}
