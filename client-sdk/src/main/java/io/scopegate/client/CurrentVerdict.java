package io.scopegate.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The verdict as of now, for readers that must not wait for the stream's lock: written under it, read by anyone. */
final class CurrentVerdict {
    private final TimeSource time;
    /** When the newest answered frame was sent; only if it is in body and the stream lives. */
    private volatile @Nullable Long inBodySentNanos;

    CurrentVerdict(TimeSource time) {
        this.time = time;
    }

    void answered(FrameAnswer answer, long sentNanos) {
        inBodySentNanos = answer.inBody() ? sentNanos : null;
    }

    void ended() {
        inBodySentNanos = null;
    }

    Verdict noOlderThan(Duration maxAge) {
        Long sentNanos = inBodySentNanos;
        boolean inBody = sentNanos != null && time.since(sentNanos).compareTo(maxAge) <= 0;
        return inBody ? Verdict.IN_BODY : Verdict.OUT_OF_BODY;
    }
}
