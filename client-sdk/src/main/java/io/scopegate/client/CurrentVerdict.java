package io.scopegate.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The verdict as of now, for readers that must not wait for the stream's lock: written under it, read by anyone. */
final class CurrentVerdict {
    private final TimeSource time;
    /** When the newest answered frame, superseded ones aside, was sent; only if it is in body and the stream lives. */
    private volatile @Nullable Moment inBody;

    CurrentVerdict(TimeSource time) {
        this.time = time;
    }

    /** A superseded frame says nothing of those around it, else a stream faster than the model would never be in body. */
    void answered(FrameAnswer answer, Moment sent) {
        if (answer.outcome() != Outcome.SUPERSEDED) {
            inBody = answer.inBody() ? sent : null;
        }
    }

    void ended() {
        inBody = null;
    }

    /** No age at all, as null is, has been asked for by mistake: out of body, as is an age that no clock tells. */
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
