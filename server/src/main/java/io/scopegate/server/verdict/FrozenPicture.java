package io.scopegate.server.verdict;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Notices when a stream shows the same picture for too long, as a source that hangs does. One thread at a time. */
final class FrozenPicture {

    private final @Nullable Duration after;
    private boolean seen;
    private int digest;
    private long sinceNanos;

    /** Creates a detector for pictures that stay the same for this long; null for one that detects nothing. */
    FrozenPicture(@Nullable Duration after) {
        this.after = after;
    }

    /** Returns whether the picture with this digest has been shown for too long. */
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
