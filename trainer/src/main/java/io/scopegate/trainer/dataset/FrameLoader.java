package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Reads frames on several threads and passes them to the caller's thread in order. Neither the result nor which frame
 * an error names depends on the number of threads. Used by one thread at a time.
 */
public final class FrameLoader {

    /** Frames per thread that are being read or wait to be taken; bounds the memory. */
    private static final int AHEAD = 2;

    private final int threads;
    private final IntConsumer progress;
    private int done;

    /**
     * Creates a loader.
     *
     * @param threads number of threads that read, at least 1
     * @param progress receives the number of frames done so far, after each frame
     */
    public FrameLoader(int threads, IntConsumer progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Reads a frame from its file. Called on any of the reading threads.
     *
     * @param <T> type of the result
     */
    public interface Reading<T> {
        /** Reads one frame. */
        T read(FrameReader reader, Path file) throws IOException;
    }

    /**
     * Takes what was read from a frame. Called on the caller's thread, in the order of the frames.
     *
     * @param <T> type of what was read
     */
    public interface Taking<T> {
        /** Takes one frame. */
        void take(T read) throws IOException;
    }

    /**
     * Reads all frames.
     *
     * @throws IOException for the first frame that cannot be read or taken, or for which there is not enough memory;
     *     all threads have ended then
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
