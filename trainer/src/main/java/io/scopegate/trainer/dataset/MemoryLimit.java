package io.scopegate.trainer.dataset;

import io.scopegate.bundle.preprocess.InputShape;
import java.io.IOException;

/** Counts the memory of decoded frames, and checks it against a limit and the Java heap. Used by one thread. */
public final class MemoryLimit {

    private static final long TENSOR_BYTES = 4L * InputShape.REFERENCE.elements();

    private final long limitBytes;
    private final JavaHeap heap;
    private long frameBytes;
    private long heapBytes;

    public MemoryLimit(long limitBytes) {
        this(limitBytes, JavaHeap.ofThisProcess());
    }

    MemoryLimit(long limitBytes, JavaHeap heap) {
        this.limitBytes = limitBytes;
        this.heap = heap;
    }

    /**
     * Checks whether {@link #takeTensors} would succeed, without counting anything, so that callers can fail early.
     *
     * @throws IOException if the tensors take too much memory
     */
    public void requireTensors(int frames) throws IOException {
        require(frameBytes + frames * TENSOR_BYTES, heapBytes + frames * heap.taken(TENSOR_BYTES), frames);
    }

    /**
     * Counts input tensors.
     *
     * @throws IOException if they take too much memory; nothing is counted then
     */
    public void takeTensors(int frames) throws IOException {
        requireTensors(frames);
        frameBytes += frames * TENSOR_BYTES;
        heapBytes += frames * heap.taken(TENSOR_BYTES);
    }

    /** Counts one picture; the number of frames in all is for the message. */
    void take(long pictureBytes, int frames) throws IOException {
        frameBytes += pictureBytes;
        heapBytes += heap.taken(pictureBytes);
        require(frameBytes, heapBytes, frames);
    }

    /**
     * Checks the frames, not the limit, against the heap: a limit above the heap does no harm while it is not reached.
     */
    private void require(long ofFrames, long ofHeap, int frames) throws IOException {
        if (ofFrames > limitBytes) {
            throw new IOException("data.memoryMiB: %d decoded frames need %d or more, got %d"
                    .formatted(frames, mebibytes(ofFrames), limitBytes >> 20));
        }
        if (!heap.holds(ofHeap)) {
            throw new IOException("%d decoded frames of %d MiB or more take %d MiB, too much for %s"
                    .formatted(frames, mebibytes(ofFrames), mebibytes(ofHeap), heap.text(ofFrames)));
        }
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
