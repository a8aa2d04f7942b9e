package io.scopegate.server.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at one stage. A stream asks for one turn at a time and lines up at the end again for the next, so
 * that streams take turns however many frames each has. Never longer than there are streams. Any thread; the lock is
 * that of both stages.
 */
final class Turns {

    private final ReentrantLock lock;
    private final Runnable onMore;
    private final Condition ready;
    private final Deque<FrameStream> waiting = new ArrayDeque<>();

    /**
     * Nobody waits yet.
     *
     * @param onMore is run under the lock whenever there is a turn for somebody
     */
    Turns(ReentrantLock lock, Runnable onMore) {
        this.lock = lock;
        this.onMore = onMore;
        this.ready = lock.newCondition();
    }

    void ask(FrameStream stream) {
        lock.lock();
        try {
            waiting.addLast(stream);
            onMore.run();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a turn back that could not be used. */
    void keep(FrameStream stream) {
        lock.lock();
        try {
            waiting.addFirst(stream);
            onMore.run();
        } finally {
            lock.unlock();
        }
    }

    /** How many streams wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first stream. */
    FrameStream take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            FrameStream first = first();
            while (first == null) {
                ready.await();
                first = first();
            }
            return first;
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
            FrameStream first = first();
            while (first == null && left > 0) {
                left = ready.awaitNanos(left);
                first = first();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first stream, if there is one. Under the lock. */
    @Nullable
    FrameStream first() {
        FrameStream first = waiting.poll();
        if (!waiting.isEmpty()) {
            onMore.run();
        }
        return first;
    }

    /** The stream whose turn is next, which it keeps. Under the lock. */
    @Nullable
    FrameStream next() {
        return waiting.peek();
    }

    /** How many wait. Under the lock. */
    int size() {
        return waiting.size();
    }

    /** Somebody who waits for this stage alone may go on. Under the lock. */
    void signal() {
        ready.signal();
    }
}
