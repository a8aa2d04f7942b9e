package io.scopegate.server.infer;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A fixed number of input tensors, reused. It bounds how many prepared frames can wait for the network: whoever wants
 * one more waits here.
 */
public final class TensorPool {

    private final BlockingQueue<InputTensor> free;

    public TensorPool(int tensors, int elements) {
        free = new ArrayBlockingQueue<>(tensors);
        for (int i = 0; i < tensors; i++) {
            free.add(InputTensor.ofElements(elements));
        }
    }

    /** Waits for a free tensor. */
    public TensorLease acquire() throws InterruptedException {
        return new TensorLease(this, free.take());
    }

    /** How many tensors nobody has leased. */
    public int available() {
        return free.size();
    }

    void giveBack(InputTensor tensor) {
        free.add(tensor);
    }
}
