package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The verdict as of now, for readers that must not wait for the stream's lock: written under it, read by anyone. */
final class CurrentVerdict {
    private final TimeSource time;
    /** The newest answered frame; only if it is in body and the stream lives. */
    private volatile @Nullable Sent inBody;

    /** When a frame was sent, by both clocks: one may be set, the other stands still while the machine sleeps. */
    private record Sent(long nanos, Instant wall) {}

    CurrentVerdict(TimeSource time) {
        this.time = time;
    }

    void answered(FrameAnswer answer, long sentNanos) {
        inBody = answer.inBody() ? new Sent(sentNanos, time.wall().instant().minus(time.since(sentNanos))) : null;
    }

    void ended() {
        inBody = null;
    }

    /** No age at all, as null is, has been asked for by mistake: out of body. */
    Verdict noOlderThan(@Nullable Duration maxAge) {
        Sent newest = inBody;
        boolean holds = newest != null && maxAge != null && age(newest).compareTo(maxAge) <= 0;
        return holds ? Verdict.IN_BODY : Verdict.OUT_OF_BODY;
    }

    /** By the clock that says more. */
    private Duration age(Sent frame) {
        Duration steady = time.since(frame.nanos());
        Duration wall = Duration.between(frame.wall(), time.wall().instant());
        return steady.compareTo(wall) > 0 ? steady : wall;
    }
}
