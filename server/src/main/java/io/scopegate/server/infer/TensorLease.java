package io.scopegate.server.infer;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use one tensor of the pool until closed. Closing twice does nothing. */
public final class TensorLease implements AutoCloseable {

    private final TensorPool pool;
    private final InputTensor tensor;
    private final AtomicBoolean closed = new AtomicBoolean();

    TensorLease(TensorPool pool, InputTensor tensor) {
        this.pool = pool;
        this.tensor = tensor;
    }

    /** The tensor. */
    public InputTensor tensor() {
        return tensor;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pool.giveBack(tensor);
        }
    }
}
