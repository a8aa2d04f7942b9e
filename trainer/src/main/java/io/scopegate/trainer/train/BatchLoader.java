package io.scopegate.trainer.train;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.Samples;
import io.scopegate.trainer.plan.FitOptions;
import io.scopegate.trainer.plan.FitOptions.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Augments the frames of batches on its own threads, while the caller trains on an earlier batch. The batches do not
 * depend on the number of threads. The caller bounds the memory: every batch that was begun and not yet taken is held.
 */
final class BatchLoader implements AutoCloseable {

    private final Samples samples;
    private final Objective objective;
    private final BlockingQueue<Samples> idle;
    private final ExecutorService threads;

    BatchLoader(Samples samples, FitOptions options, int threads) {
        this.samples = samples;
        this.objective = options.objective();
        this.idle = new ArrayBlockingQueue<>(threads);
        for (int k = 0; k < threads; k++) {
            idle.add(samples.forAnotherThread());
        }
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("augment-", 0).factory());
    }

    /**
     * Starts to augment the frames from {@code first} (inclusive) to {@code end} (exclusive). Both may lie beyond the
     * last frame of the epoch; the batch then has fewer frames, or none.
     */
    CompletableFuture<Batch> begin(EpochDraws draws, int first, int end) {
        InputShape shape = draws.halfSize() ? HalfSize.SHAPE : InputShape.REFERENCE;
        int last = Math.min(end, draws.size());
        int count = Math.max(0, last - first);
        float[] tensors = new float[count * shape.elements()];
        List<Label> labels = new ArrayList<>();
        CompletableFuture<?>[] parts = new CompletableFuture<?>[count];
        for (int k = 0; k < count; k++) {
            int frame = draws.frames()[first + k];
            long seed = draws.seeds()[first + k];
            int place = k;
            labels.add(samples.frame(frame).label());
            parts[k] = CompletableFuture.runAsync(
                    () -> draw(frame, seed, tensors, place * shape.elements(), draws.halfSize()), threads);
        }
        return CompletableFuture.allOf(parts)
                .thenApply(drawn -> new Batch(tensors, labels, Targets.of(labels, objective), shape));
    }

    /**
     * Waits for a batch.
     *
     * @throws OutOfMemoryError if a thread had no memory to augment a frame; rethrown bare, so that it is reported as a
     *     lack of memory
     * @throws IllegalStateException if a frame could not be augmented; the message names it
     */
    static Batch await(CompletableFuture<Batch> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            if (e.getCause() instanceof IllegalStateException named) {
                throw named;
            }
            throw e;
        }
    }

    private void draw(int frame, long seed, float[] tensors, int offset, boolean half) {
        Samples own = idle.remove();
        try {
            float[] tensor = new float[InputShape.REFERENCE.elements()];
            own.draw(frame, new SplittableRandom(seed), tensor);
            if (half) {
                HalfSize.put(tensor, tensors, offset);
            } else {
                System.arraycopy(tensor, 0, tensors, offset, tensor.length);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(samples.frame(frame).file() + ": not augmented: " + e, e);
        } finally {
            idle.add(own);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
