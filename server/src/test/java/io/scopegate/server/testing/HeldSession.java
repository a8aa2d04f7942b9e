package io.scopegate.server.testing;

import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A session that holds every run until {@link #letGo}; then each frame is in body. A run that is held for a minute
 * throws an {@link AssertionError}.
 */
public final class HeldSession implements InferenceSession {

    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    public void letGo() {
        held.countDown();
    }

    /** Returns how many runs have begun. */
    public int runs() {
        return runs.get();
    }

    @Override
    public List<float[]> run(InputBatch batch) throws InferenceFailedException {
        runs.incrementAndGet();
        try {
            if (!held.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("held for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailedException("interrupted", e);
        }
        return Collections.nCopies(batch.frames(), new float[] {5, 0});
    }

    @Override
    public void close() {}
}
