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

    /** Marks the entry as queued. Returns false if it already was. */
    boolean joins() {
        boolean joins = !waiting;
        waiting = true;
        return joins;
    }

    /** Marks the entry as not queued, and unlinks it from those behind it. */
    void leaves() {
        waiting = false;
        behind = null;
    }
}
