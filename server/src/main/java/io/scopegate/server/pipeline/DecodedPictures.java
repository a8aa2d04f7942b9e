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
 * The memory of all pictures while they are decoded and made a tensor of. A picture is at most as large as its limits, but
 * there are as many as threads: where they are too much together, they wait for each other, in the order in which they
 * came. What is given back is used again for pictures of about its size, the latest first. Any thread.
 */
final class DecodedPictures implements Picture.Memory {

    private static final int MOST_IDLE = 64;
    private static final int MOST_THREADS = 1024;

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Of its full size from the beginning: one that has to grow has taken the turn before it fails. */
    private final Deque<Object> turns = new ArrayDeque<>(MOST_THREADS);

    private final List<byte[]> idle = new ArrayList<>(MOST_IDLE);
    private long held;

    /**
     * Holds nothing yet.
     *
     * @param limit bytes of all arrays, used or not; a larger one is there alone
     */
    DecodedPictures(long limit) {
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
            // Takes no memory: an array that could not be given back would be missing for ever.
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

    /** Bytes of all arrays, used or not. */
    long held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }
}
