package io.scopegate.trainer.dataset;

import io.scopegate.trainer.dataset.FrameLoader.Reading;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that read frames, with one reader per thread. Owns threads and readers until closed. */
final class FrameReaders implements AutoCloseable {

    private final List<FrameReader> all = new ArrayList<>();
    private final BlockingQueue<FrameReader> idle;
    private final ExecutorService threads;

    FrameReaders(int threads) {
        for (int k = 0; k < threads; k++) {
            all.add(new FrameReader());
        }
        this.idle = new ArrayBlockingQueue<>(threads, false, all);
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("decode-", 0).factory());
    }

    <T> Future<T> begin(Reading<T> reading, Path file) {
        return threads.submit(() -> {
            FrameReader own = idle.remove();
            try {
                return reading.read(own, file);
            } catch (RuntimeException e) {
                throw new IllegalStateException(file + ": not read: " + e, e);
            } finally {
                idle.add(own);
            }
        });
    }

    /**
     * Waits for one frame.
     *
     * @throws IOException if the frame could not be read, or this thread was interrupted
     * @throws OutOfMemoryError if there was no memory to read the frame
     * @throws IllegalStateException if reading failed in an unforeseen way; the message names the frame
     */
    static <T> T await(Future<T> frame) throws IOException {
        try {
            return frame.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            if (e.getCause() instanceof IllegalStateException named) {
                throw named;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while frames were read");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
        all.forEach(FrameReader::close);
    }
}
