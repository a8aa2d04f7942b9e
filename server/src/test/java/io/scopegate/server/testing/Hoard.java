package io.scopegate.server.testing;

import java.util.ArrayList;
import java.util.List;

/** Takes all memory that a process has but for some bytes; for one of few megabytes and one thread. */
public final class Hoard {

    /** Of what is taken, so that there is not too much of the smallest; that again, for what is only let go of meanwhile. */
    private static final int[] BYTES = {1 << 15, 1 << 9, 0, 0};

    private static final int HEADER_BYTES = 16;

    private static final int MOST = 1 << 14;

    private final List<byte[]> taken = new ArrayList<>(MOST);
    private final List<byte[]> left = new ArrayList<>(1);

    /** From now on there is not more than this. */
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
            // None of this size is left.
        }
    }

    /** Whether there is no room for so many bytes even now. */
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
