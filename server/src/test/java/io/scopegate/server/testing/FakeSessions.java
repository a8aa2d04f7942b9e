package io.scopegate.server.testing;

import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.target.ExecutionTarget;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A session factory whose sessions give a tiny model's golden picture the expected result, except for versions that the
 * test has set to fail. It counts sessions and runs. Safe for any thread.
 */
public final class FakeSessions implements SessionFactory {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final List<String> opened = new ArrayList<>();
    private final Set<Integer> wrongShape = new HashSet<>();
    private final Set<Integer> notANumber = new HashSet<>();
    private final Set<Integer> unreadable = new HashSet<>();
    private final Map<Integer, Error> errors = new ConcurrentHashMap<>();
    private final Map<Integer, Runnable> meanwhile = new ConcurrentHashMap<>();
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final CountDownLatch opening = new CountDownLatch(1);

    /** Returns how many sessions are open. */
    public int open() {
        return open.get();
    }

    /** Returns the number of runs of all sessions together. */
    public int runs() {
        return runs.get();
    }

    /** Returns the models that have been opened, in order. */
    public synchronized List<String> opened() {
        return List.copyOf(opened);
    }

    public void failToOpen(int version) {
        wrongShape.add(version);
    }

    public void giveNotANumber(int version) {
        notANumber.add(version);
    }

    /**
     * Makes the network of this version fail to open because access is denied. Looking at the model's directory does
     * not show this.
     */
    public void makeUnreadable(int version) {
        unreadable.add(version);
    }

    public void makeReadable(int version) {
        unreadable.remove(version);
    }

    public void throwAtOpening(int version, Error error) {
        errors.put(version, error);
    }

    /** Runs this action each time this version is being opened. */
    public void whileOpening(int version, Runnable action) {
        meanwhile.put(version, action);
    }

    /** Makes every {@link #open(PublishedModel, ExecutionTarget)} wait until {@link #letGo}. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void letGo() {
        held.countDown();
    }

    /** Waits until the first session is being opened. */
    public void awaitOpening() throws InterruptedException {
        opening.await();
    }

    @Override
    public InferenceSession open(PublishedModel model, ExecutionTarget target) throws ModelUnusableException {
        synchronized (this) {
            opened.add(model.manifest().reference());
        }
        opening.countDown();
        awaitUninterrupted(held);
        int version = model.manifest().version();
        meanwhile.getOrDefault(version, () -> {}).run();
        if (errors.containsKey(version)) {
            throw errors.get(version);
        }
        if (unreadable.contains(version)) {
            throw new ModelUnreadableException(
                    model.network(), new AccessDeniedException(model.network().toString()));
        }
        if (wrongShape.contains(version)) {
            throw new ModelUnusableException("network: shape [-1, 2], not [-1, 3]");
        }
        return opened(version);
    }

    /**
     * Returns an open session of this version, without going through {@link #open(PublishedModel, ExecutionTarget)}.
     */
    public InferenceSession opened(int version) {
        open.incrementAndGet();
        return new Counted(notANumber.contains(version) ? Float.NaN : 24);
    }

    /** Waits like native code, which an interrupt does not reach. */
    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Counted implements InferenceSession {

        private final float inBodyLogit;
        private final AtomicBoolean closed = new AtomicBoolean();

        Counted(float inBodyLogit) {
            this.inBodyLogit = inBodyLogit;
        }

        @Override
        public List<float[]> run(InputBatch batch) throws InferenceFailedException {
            if (closed.get()) {
                throw new IllegalStateException("run after close");
            }
            runs.incrementAndGet();
            return Collections.nCopies(batch.frames(), new float[] {inBodyLogit, 0});
        }

        @Override
        public void close() {
            if (closed.getAndSet(true)) {
                throw new IllegalStateException("closed twice");
            }
            open.decrementAndGet();
        }
    }
}
