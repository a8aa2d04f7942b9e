package io.scopegate.server.verdict;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Notices that a stream shows the same picture all the time, as a source does that hangs. One thread at a time. */
final class FrozenPicture {

    private final @Nullable Duration after;
    private boolean seen;
    private int digest;
    private long sinceNanos;

    /** Counts as frozen after this long; null for never. */
    FrozenPicture(@Nullable Duration after) {
        this.after = after;
    }

    /** Whether the picture with this digest has been there for too long. */
    boolean next(int next, long nanos) {
        if (after == null) {
            return false;
        }
        if (!seen || next != digest) {
            seen = true;
            digest = next;
            sinceNanos = nanos;
        }
        return nanos - sinceNanos >= after.toNanos();
    }
}
