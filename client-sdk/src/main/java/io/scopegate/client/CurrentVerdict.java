package io.scopegate.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The verdict as of now, for readers that must not wait for the stream's lock. Written under the lock, read by any
 * thread without it.
 */
final class CurrentVerdict {
    private final TimeSource time;
    /**
     * When the newest answered frame was sent, superseded ones aside; null unless it is in body and the stream is
     * open.
     */
    private volatile @Nullable Moment inBody;

    CurrentVerdict(TimeSource time) {
        this.time = time;
    }

    /**
     * A superseded frame says nothing of those around it. Otherwise a stream faster than the model would never be in
     * body.
     */
    void answered(FrameAnswer answer, Moment sent) {
        if (answer.outcome() != Outcome.SUPERSEDED) {
            inBody = answer.inBody() ? sent : null;
        }
    }

    void ended() {
        inBody = null;
    }

    /**
     * Returns in body only if the newest answer is no older than this. A null age can only be a mistake and gives out
     * of body, as does an age that no clock tells.
     */
    Verdict noOlderThan(@Nullable Duration maxAge) {
        Moment newest = inBody;
        boolean holds = newest != null
                && maxAge != null
                && newest.until(time.now())
                        .filter(age -> age.compareTo(maxAge) <= 0)
                        .isPresent();
        return holds ? Verdict.IN_BODY : Verdict.OUT_OF_BODY;
    }
}
