package io.scopegate.server.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes nearly all memory of the process, for tests of out-of-memory errors. Only for a process with a heap of a few
 * megabytes and one thread.
 */
public final class Hoard {

    /**
     * Sizes of the arrays to take, large ones first, so that few of the smallest are needed. The smallest size appears
     * twice, to take also what was freed during the first pass.
     */
    private static final int[] BYTES = {1 << 15, 1 << 9, 0, 0};

    private static final int HEADER_BYTES = 16;

    private static final int MOST = 1 << 14;

    private final List<byte[]> taken = new ArrayList<>(MOST);
    private final List<byte[]> left = new ArrayList<>(1);

    /** Takes all memory except about this many bytes: 0, or at least {@value #HEADER_BYTES}. */
    public void takeAllBut(int bytes) {
        if (bytes > 0) {
            left.add(new byte[bytes - HEADER_BYTES]);
        }
        for (int size : BYTES) {
            takeAll(size);
        }
        left.clear();
    }

    private void takeAll(int size) {
        try {
            while (taken.size() < MOST) {
                taken.add(new byte[size]);
            }
            throw new IllegalStateException("a process of few megabytes");
        } catch (OutOfMemoryError e) {
            // All memory for arrays of this size is taken.
        }
    }

    /** Whether an allocation of this many bytes fails now. */
    public boolean isShortOf(int bytes) {
        try {
            left.add(new byte[bytes - HEADER_BYTES]);
            left.clear();
            return false;
        } catch (OutOfMemoryError e) {
            return true;
        }
    }

    public void giveBack() {
        taken.clear();
    }
}
