package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Reads frames on several threads, and gives them to the caller's thread in their order: what comes of them, and which
 * one is complained of, is the same for every number of threads. Used by one thread at a time.
 */
public final class FrameLoader {

    /** Frames for each thread that are being read or wait to be taken: what bounds the memory. */
    private static final int AHEAD = 2;

    private final int threads;
    private final IntConsumer progress;
    private int done;

    /**
     * Prepares.
     *
     * @param threads that read, at least 1
     * @param progress is told after each frame how many are done
     */
    public FrameLoader(int threads, IntConsumer progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * What is made of a frame, on any thread.
     *
     * @param <T> what it is
     */
    public interface Reading<T> {
        /** Reads one frame. */
        T read(FrameReader reader, Path file) throws IOException;
    }

    /**
     * Who takes what was read, in the caller's thread.
     *
     * @param <T> what it is
     */
    public interface Taking<T> {
        /** Takes one frame. */
        void take(T read) throws IOException;
    }

    /**
     * Reads all frames.
     *
     * @throws IOException of the first frame that cannot be read or taken, or that there is no memory for; no thread is
     *     left
     */
    public <T> void load(List<LabelledFrame> frames, Reading<T> reading, Taking<T> taking) throws IOException {
        try (FrameReaders readers = new FrameReaders(threads)) {
            Deque<Future<T>> begun = new ArrayDeque<>();
            for (LabelledFrame frame : frames) {
                if (begun.size() == AHEAD * threads) {
                    take(begun.remove(), taking);
                }
                begun.add(readers.begin(reading, frame.file()));
            }
            while (!begun.isEmpty()) {
                take(begun.remove(), taking);
            }
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "out of memory after %d decoded frames, with %s"
                            .formatted(done, JavaHeap.ofThisProcess().text()),
                    e);
        }
    }

    private <T> void take(Future<T> frame, Taking<T> taking) throws IOException {
        taking.take(FrameReaders.await(frame));
        progress.accept(++done);
    }
}
