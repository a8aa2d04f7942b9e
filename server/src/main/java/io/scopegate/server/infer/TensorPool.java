package io.scopegate.server.infer;

import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of reusable input tensors in one piece of direct memory. Bounds how many prepared frames can wait for
 * the network: a thread that wants one more waits here. Tensors are handed out in the order in which they lie, round
 * and round, so that frames that come one after the other tend to lie side by side. Any thread.
 */
public final class TensorPool {

    private final List<InputTensor> tensors;
    private final Semaphore available;
    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet free = new BitSet();
    private int next;

    /** Returns how many tensors of this many elements there may be at most: one piece of memory has less than 2 GiB. */
    public static int most(int elements) {
        return Integer.MAX_VALUE / Float.BYTES / elements;
    }

    /**
     * Allocates the memory.
     *
     * @throws ArithmeticException if there are more than {@link #most}
     */
    public TensorPool(int tensors, int elements) {
        FloatBuffer rows = BatchMemory.direct(Math.multiplyExact(tensors, elements));
        this.tensors = IntStream.range(0, tensors)
                .mapToObj(row -> InputTensor.of(rows, row, elements))
                .toList();
        available = new Semaphore(tensors);
        free.set(0, tensors);
    }

    /** Waits for a free tensor. */
    public TensorLease acquire() throws InterruptedException {
        available.acquire();
        return leaseNext();
    }

    /** Returns a free tensor, or null if there is none now. */
    public @Nullable TensorLease tryAcquire() {
        return available.tryAcquire() ? leaseNext() : null;
    }

    /** Leases the next free tensor. If the lease cannot be created for lack of memory, the tensor is free again. */
    private TensorLease leaseNext() {
        InputTensor tensor = takeNext();
        TensorLease lease = null;
        try {
            lease = new TensorLease(this, tensor);
            return lease;
        } finally {
            if (lease == null) {
                giveBack(tensor);
            }
        }
    }

    private InputTensor takeNext() {
        lock.lock();
        try {
            int row = free.nextSetBit(next);
            row = row < 0 ? free.nextSetBit(0) : row;
            free.clear(row);
            next = row + 1;
            return tensors.get(row);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many tensors are not leased. */
    public int available() {
        return available.availablePermits();
    }

    void giveBack(InputTensor tensor) {
        lock.lock();
        try {
            free.set(tensor.row());
        } finally {
            lock.unlock();
        }
        available.release();
    }
}
