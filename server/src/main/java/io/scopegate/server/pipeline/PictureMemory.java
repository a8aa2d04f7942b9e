package io.scopegate.server.pipeline;

import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What pictures that wait take: those of all streams until they are decoded, and those of single calls that have not begun.
 * Each stream's frames are few, but they may be large and the streams many. Any thread.
 */
public final class PictureMemory {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /**
     * With nothing taken.
     *
     * @param limit bytes
     */
    public PictureMemory(long limit) {
        this.limit = limit;
    }

    /** Room for a picture, until {@link #giveBack}. Null if it is taken; otherwise why it is not. */
    public @Nullable Rejected take(long bytes) {
        return exchange(0, bytes);
    }

    /**
     * The same for a picture that takes another's place.
     *
     * @param back what the other one gives back if there is room then
     * @return null if it is taken; otherwise why it is not, and nothing has changed
     */
    @Nullable
    Rejected exchange(long back, long bytes) {
        // Never added before it is known to fit: another stream's frame could find no room beside one that is not
        // taken.
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

    /** Once for each picture that was taken. */
    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Bytes. */
    public long taken() {
        return taken.get();
    }
}
