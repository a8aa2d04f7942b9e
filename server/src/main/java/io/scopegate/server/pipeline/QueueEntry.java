package io.scopegate.server.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A stream's entry in the queue of one stage. Created together with the stream, so that queueing does not allocate and
 * cannot fail for lack of memory. Guarded by the lock of the stages.
 */
final class QueueEntry {

    private final FrameStream stream;
    private @Nullable QueueEntry behind;
    private boolean waiting;
    private long round;

    /** Creates an entry that is in no queue yet. */
    QueueEntry(FrameStream stream) {
        this.stream = stream;
    }

    FrameStream stream() {
        return stream;
    }

    /** Returns the entry behind this one, or null if this is the last. */
    @Nullable
    QueueEntry behind() {
        return behind;
    }

    void standBefore(@Nullable QueueEntry next) {
        behind = next;
    }

    /** Returns the round in which the stream has its next turn, or had its last one if it is not queued. */
    long round() {
        return round;
    }

    /**
     * Marks the entry as queued, for the round after the stream's last turn or, if that is over, for the present one.
     * A stream that has had no turn waits for the next round: otherwise new streams could keep a round from ending.
     * Returns false if the entry already was queued.
     */
    boolean joins(long present) {
        if (waiting) {
            return false;
        }
        waiting = true;
        round = round == 0 ? present + 1 : Math.max(round + 1, present);
        return true;
    }

    /**
     * Marks the entry as queued again for the round of the turn that its stream could not use. Returns false if it
     * already was queued.
     */
    boolean rejoins() {
        boolean rejoins = !waiting;
        waiting = true;
        return rejoins;
    }

    /** Marks the entry as not queued, and unlinks it from those behind it. */
    void leaves() {
        waiting = false;
        behind = null;
    }
}
