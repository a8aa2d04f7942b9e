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
    private long lastTurn;
    private long turnBefore;

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

    /**
     * Returns the number of the stream's last turn. For a stream that has had none, the number of the last turn when it
     * joined, so that it does not go before streams that have waited longer.
     */
    long lastTurn() {
        return lastTurn;
    }

    /**
     * Marks the entry as queued. Returns false if it already was.
     *
     * @param turns number of turns that streams have had in this queue
     */
    boolean joins(long turns) {
        boolean joins = !waiting;
        waiting = true;
        if (lastTurn == 0) {
            lastTurn = turns;
        }
        return joins;
    }

    /** Marks the entry as not queued, unlinks it from those behind it, and numbers the stream's turn. */
    void leaves(long turn) {
        waiting = false;
        behind = null;
        turnBefore = lastTurn;
        lastTurn = turn;
    }

    /**
     * Marks an entry as queued again at the head, because its stream could not use its turn. Returns false if it
     * already was queued.
     */
    boolean rejoinsBefore(@Nullable QueueEntry first) {
        if (waiting) {
            return false;
        }
        waiting = true;
        lastTurn = first == null ? turnBefore : Math.min(turnBefore, first.lastTurn);
        behind = first;
        return true;
    }
}
