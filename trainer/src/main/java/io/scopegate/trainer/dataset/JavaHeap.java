package io.scopegate.trainer.dataset;

/**
 * What Java objects of this process may take in all, decoded frames among them.
 *
 * @param bytes at most
 */
public record JavaHeap(long bytes) {

    /** Batches and all else beside the frames; of a small heap a share, since little else is done with it. */
    private static final long MOST_BESIDE_BYTES = 256L << 20;

    private static final long SHARE_BESIDE = 8;

    /** As it was started. */
    public static JavaHeap ofThisProcess() {
        return new JavaHeap(Runtime.getRuntime().maxMemory());
    }

    boolean holds(long frameBytes) {
        return frameBytes <= bytes - Math.min(bytes / SHARE_BESIDE, MOST_BESIDE_BYTES);
    }

    /** What it has, and how it gets so much more that a quarter may be lost between arrays of a frame's size. */
    String text(long frameBytes) {
        long wanted = frameBytes / 3 * 4 + MOST_BESIDE_BYTES;
        return "the Java heap of %d MiB (SCOPEGATE_JAVA_OPTS=-Xmx%dg makes it larger)"
                .formatted(bytes >> 20, (wanted >> 30) + 1);
    }

    /** Likewise, where nobody knows how much is needed. */
    public String text() {
        return text(2 * bytes);
    }
}
