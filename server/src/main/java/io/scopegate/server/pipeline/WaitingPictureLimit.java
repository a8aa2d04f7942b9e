package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory of waiting pictures: those of all streams until they are decoded, and those of single calls that
 * have not begun. A stream has few frames, but frames may be large and streams many. Any thread.
 */
public final class WaitingPictureLimit {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /**
     * Starts with nothing reserved.
     *
     * @param limit bytes
     */
    public WaitingPictureLimit(long limit) {
        this.limit = limit;
    }

    /**
     * Reserves memory for a picture until {@link #giveBack}. Returns null if it is reserved, otherwise why it is not.
     */
    public @Nullable Rejected take(long bytes) {
        return exchange(0, bytes);
    }

    /**
     * The same for a picture that replaces another.
     *
     * @param back bytes that the other one releases if there is then room
     * @return null if the memory is reserved; otherwise why it is not, and nothing has changed
     */
    @Nullable
    Rejected exchange(long back, long bytes) {
        // Added only if it fits: a reservation that is undone could meanwhile have turned away another stream's frame.
        long more = bytes - back;
        long before = taken.getAndUpdate(now -> now + more <= limit ? now + more : now);
        if (before + more <= limit) {
            return null;
        }
        return new Rejected(
                Reason.QUEUE_FULL,
                "waiting pictures",
                "at most " + limit + " bytes in all streams",
                String.valueOf(before + more));
    }

    /** Releases the memory of a picture. Called once for each reservation. */
    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Returns the reserved bytes. */
    public long taken() {
        return taken.get();
    }
}
