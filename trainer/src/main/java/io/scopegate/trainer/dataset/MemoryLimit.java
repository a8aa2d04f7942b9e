package io.scopegate.trainer.dataset;

import io.scopegate.bundle.preprocess.InputShape;
import java.io.IOException;

/** Counts the memory that decoded frames take. One thread. */
public final class MemoryLimit {

    private final long limitBytes;
    private final JavaHeap heap;
    private long takenBytes;

    public MemoryLimit(long limitBytes) {
        this(limitBytes, JavaHeap.ofThisProcess());
    }

    MemoryLimit(long limitBytes, JavaHeap heap) {
        this.limitBytes = limitBytes;
        this.heap = heap;
    }

    /**
     * Refuses what {@link #takeTensors} would, and counts nothing: callers ask before they begin.
     *
     * @throws IOException if that is too much
     */
    public void requireTensors(int frames) throws IOException {
        require(takenBytes + tensors(frames), frames);
    }

    /**
     * Counts input tensors.
     *
     * @throws IOException if that is too much
     */
    public void takeTensors(int frames) throws IOException {
        take(tensors(frames), frames);
    }

    private static long tensors(int frames) {
        return 4L * InputShape.REFERENCE.elements() * frames;
    }

    void take(long bytes, int frames) throws IOException {
        takenBytes += bytes;
        require(takenBytes, frames);
    }

    /** A limit that is far from reached may be higher than the heap: only what is decoded has to fit. */
    private void require(long bytes, int frames) throws IOException {
        if (bytes > limitBytes) {
            throw new IOException(
                    "data.memoryMiB: enough for " + frames + " decoded frames, not " + (limitBytes >> 20));
        }
        if (!heap.holds(bytes)) {
            throw new IOException(
                    "data.memoryMiB: decoded frames for which there is room in %s, not %d of %d MiB or more"
                            .formatted(heap.text(bytes), frames, bytes >> 20));
        }
    }
}
