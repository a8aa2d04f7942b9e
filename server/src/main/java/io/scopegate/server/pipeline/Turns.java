package io.scopegate.server.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at one stage. A stream asks for one turn at a time and lines up at the end again for the next, so
 * that streams take turns however many frames each has. Never longer than there are streams, and takes no memory. Any
 * thread; the lock is that of both stages.
 */
final class Turns {

    private final ReentrantLock lock;
    private final Runnable onMore;
    private final Function<FrameStream, Turn> turnOf;
    private final Condition ready;
    private @Nullable Turn first;
    private @Nullable Turn last;
    private int size;

    /**
     * Nobody waits yet.
     *
     * @param onMore is run under the lock whenever there is a turn for somebody
     * @param turnOf a stream's place in this line
     */
    Turns(ReentrantLock lock, Runnable onMore, Function<FrameStream, Turn> turnOf) {
        this.lock = lock;
        this.onMore = onMore;
        this.turnOf = turnOf;
        this.ready = lock.newCondition();
    }

    void ask(FrameStream stream) {
        lock.lock();
        try {
            append(turnOf.apply(stream));
            onMore.run();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a turn back that could not be used. */
    void putBack(FrameStream stream) {
        lock.lock();
        try {
            prepend(turnOf.apply(stream));
            onMore.run();
        } finally {
            lock.unlock();
        }
    }

    private void append(Turn turn) {
        if (!turn.joins()) {
            return;
        }
        if (last == null) {
            first = turn;
        } else {
            last.standBefore(turn);
        }
        last = turn;
        size++;
    }

    private void prepend(Turn turn) {
        if (!turn.joins()) {
            return;
        }
        turn.standBefore(first);
        first = turn;
        last = last == null ? turn : last;
        size++;
    }

    /** How many streams wait. */
    int waiting() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first stream. */
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

    /** The first stream, or null if none comes in this time. */
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

    /** Takes the first stream, if there is one. Under the lock. */
    @Nullable
    FrameStream poll() {
        Turn taken = first;
        if (taken == null) {
            return null;
        }
        first = taken.behind();
        last = first == null ? null : last;
        size--;
        taken.leaves();
        if (first != null) {
            onMore.run();
        }
        return taken.stream();
    }

    /** The stream whose turn is next, which it keeps. Under the lock. */
    @Nullable
    FrameStream peek() {
        return first == null ? null : first.stream();
    }

    /** How many wait. Under the lock. */
    int size() {
        return size;
    }

    /** Somebody who waits for this stage alone may go on. Under the lock. */
    void signal() {
        ready.signal();
    }
}
