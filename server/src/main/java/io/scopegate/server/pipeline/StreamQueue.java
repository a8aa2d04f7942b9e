package io.scopegate.server.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue of streams before one stage: round robin. A stream has at most one entry in it, and one turn in each round
 * as long as its next frame comes before the round is over. So streams take turns however many frames each has, and
 * whenever in a round they come. Within a round, streams have their turns in the order in which they joined. The queue
 * is a linked list of preallocated {@link QueueEntry}s: it is never longer than there are streams, and using it does
 * not allocate. Any thread; both stages share one lock.
 */
final class StreamQueue {

    private final ReentrantLock lock;
    private final Runnable onMore;
    private final Function<FrameStream, QueueEntry> entryOf;
    private final Condition ready;
    private @Nullable QueueEntry first;
    private @Nullable QueueEntry last;
    private int size;
    private long round;

    /**
     * Creates an empty queue.
     *
     * @param onMore called under the lock when a stream joins, and when one is taken and others remain
     * @param entryOf returns a stream's entry in this queue
     */
    StreamQueue(ReentrantLock lock, Runnable onMore, Function<FrameStream, QueueEntry> entryOf) {
        this.lock = lock;
        this.onMore = onMore;
        this.entryOf = entryOf;
        this.ready = lock.newCondition();
    }

    /** Queues a stream for its next round, unless it is queued already. */
    void ask(FrameStream stream) {
        lock.lock();
        try {
            insert(entryOf.apply(stream));
            onMore.run();
        } finally {
            lock.unlock();
        }
    }

    /** Puts a stream whose turn could not be used back at the head of the queue. */
    void putBack(FrameStream stream) {
        lock.lock();
        try {
            prepend(entryOf.apply(stream));
            onMore.run();
        } finally {
            lock.unlock();
        }
    }

    private void insert(QueueEntry entry) {
        if (!entry.joins(round)) {
            return;
        }
        QueueEntry before = lastBefore(entry);
        if (before == null) {
            entry.standBefore(first);
            first = entry;
        } else {
            entry.standBefore(before.behind());
            before.standBefore(entry);
        }
        last = entry.behind() == null ? entry : last;
        size++;
    }

    private void prepend(QueueEntry entry) {
        if (!entry.rejoins()) {
            return;
        }
        entry.standBefore(first);
        first = entry;
        last = last == null ? entry : last;
        size++;
    }

    /** Returns the last entry of the same round or an earlier one, or null if there is none. */
    private @Nullable QueueEntry lastBefore(QueueEntry entry) {
        if (last != null && last.round() <= entry.round()) {
            return last;
        }
        QueueEntry before = null;
        for (QueueEntry next = first; next != null && next.round() <= entry.round(); next = next.behind()) {
            before = next;
        }
        return before;
    }

    /** Returns how many streams wait. */
    int waiting() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a stream, and takes the first from the queue. */
    FrameStream take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            FrameStream next = poll();
            while (next == null) {
                ready.await();
                next = poll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first stream from the queue, or returns null if none comes within the given time. */
    @Nullable
    FrameStream poll(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            FrameStream next = poll();
            while (next == null && left > 0) {
                left = ready.awaitNanos(left);
                next = poll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first stream from the queue, or returns null if it is empty. Under the lock. */
    @Nullable
    FrameStream poll() {
        QueueEntry taken = first;
        if (taken == null) {
            return null;
        }
        first = taken.behind();
        last = first == null ? null : last;
        size--;
        round = taken.round();
        taken.leaves();
        if (first != null) {
            onMore.run();
        }
        return taken.stream();
    }

    /** Returns the first stream and leaves it in the queue, or null if the queue is empty. Under the lock. */
    @Nullable
    FrameStream peek() {
        return first == null ? null : first.stream();
    }

    /** Returns how many streams wait. Under the lock. */
    int size() {
        return size;
    }

    /** Wakes one thread that waits in {@link #take()} or {@link #poll(Duration)}. Under the lock. */
    void signal() {
        ready.signal();
    }
}
