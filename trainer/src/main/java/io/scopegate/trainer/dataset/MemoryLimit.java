package io.scopegate.trainer.dataset;

import io.scopegate.bundle.preprocess.InputShape;
import java.io.IOException;

/** Counts the memory that decoded frames take. One thread. */
public final class MemoryLimit {

    private final long limitBytes;
    private long takenBytes;

    public MemoryLimit(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /**
     * Counts input tensors.
     *
     * @throws IOException if that is too much
     */
    public void takeTensors(int frames) throws IOException {
        take(4L * InputShape.REFERENCE.elements() * frames, frames);
    }

    void take(long bytes, int frames) throws IOException {
        takenBytes += bytes;
        if (takenBytes > limitBytes) {
            throw new IOException(
                    "data.memoryMiB: enough for " + frames + " decoded frames, not " + (limitBytes >> 20));
        }
    }
}
