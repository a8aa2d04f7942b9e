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

    /** G1, Java's usual collector, deals a heap out in about so many regions of a power of two of bytes. */
    private static final long REGIONS = 2048;

    private static final long SMALLEST_REGION_BYTES = 1 << 20;
    private static final long LARGEST_REGION_BYTES = 32 << 20;

    /** Of an array, before its elements. */
    private static final long HEADER_BYTES = 16;

    /** As it was started. */
    public static JavaHeap ofThisProcess() {
        return new JavaHeap(Runtime.getRuntime().maxMemory());
    }

    /** Whether there is room for arrays that take so much by {@link #taken} in all. */
    boolean holds(long takenBytes) {
        return takenBytes <= bytes - Math.min(bytes / SHARE_BESIDE, MOST_BESIDE_BYTES);
    }

    /**
     * What of the heap an array takes. One of over half a region has whole regions to itself, and the rest of them is lost;
     * of smaller ones each lies in one region, at whose end as much is lost as no further one fits into.
     */
    long taken(long arrayBytes) {
        long region = regionBytes();
        long object = arrayBytes + HEADER_BYTES;
        return object > region / 2 ? (object + region - 1) / region * region : region / (region / object);
    }

    private long regionBytes() {
        long share = Math.clamp(bytes / REGIONS, SMALLEST_REGION_BYTES, LARGEST_REGION_BYTES);
        long below = Long.highestOneBit(share);
        return below == share ? share : 2 * below;
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
