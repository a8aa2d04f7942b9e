package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.Picture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all pictures from decoding until their tensors are written. The size of each picture is limited, but
 * each thread may hold one: where they would exceed the limit together, threads wait for each other in the order in
 * which they came. Arrays that are given back are reused for pictures of about their size, the most recent first. Any
 * thread.
 */
final class PictureArrayPool implements Picture.Memory {

    private static final int MOST_IDLE = 64;
    private static final int MOST_THREADS = 1024;

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Allocated at full size: a queue that has to grow would run out of memory only after it had taken the turn. */
    private final Deque<Object> turns = new ArrayDeque<>(MOST_THREADS);

    private final List<byte[]> idle = new ArrayList<>(MOST_IDLE);
    private long held;

    /**
     * Creates an empty store.
     *
     * @param limit bytes of all arrays, in use or idle; a larger array is allocated only while there is no other
     */
    PictureArrayPool(long limit) {
        this.limit = limit;
    }

    @Override
    public byte[] take(int bytes) {
        Object turn = new Object();
        lock.lock();
        try {
            turns.addLast(turn);
            return takeInTurn(turn, bytes);
        } finally {
            turns.remove(turn);
            changed.signalAll();
            lock.unlock();
        }
    }

    private byte[] takeInTurn(Object turn, int bytes) {
        while (true) {
            byte[] array = turns.peekFirst() == turn ? takeIfRoom(bytes) : null;
            if (array != null) {
                return array;
            }
            changed.awaitUninterruptibly();
        }
    }

    private byte @Nullable [] takeIfRoom(int bytes) {
        for (int i = idle.size() - 1; i >= 0; i--) {
            int length = idle.get(i).length;
            if (length >= bytes && length / 2 <= bytes) {
                return idle.remove(i);
            }
        }
        while (held + bytes > limit && !idle.isEmpty()) {
            held -= idle.removeFirst().length;
        }
        if (held > 0 && held + bytes > limit) {
            return null;
        }
        byte[] array = new byte[bytes];
        held += bytes;
        return array;
    }

    @Override
    public void giveBack(byte[] array) {
        lock.lock();
        try {
            // Must not allocate: an array that could not be given back would count against the limit for ever.
            if (idle.size() < MOST_IDLE) {
                idle.add(array);
            } else {
                held -= array.length;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the bytes of all arrays, in use or idle. */
    long held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }
}
