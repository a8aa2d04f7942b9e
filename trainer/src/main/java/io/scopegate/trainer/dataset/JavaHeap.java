package io.scopegate.trainer.dataset;

/**
 * The Java heap of this process, which holds the decoded frames.
 *
 * @param bytes largest size of the heap
 */
public record JavaHeap(long bytes) {

    /** Largest part reserved for batches and everything else besides the frames; of a small heap it is a share. */
    private static final long MOST_BESIDE_BYTES = 256L << 20;

    private static final long SHARE_BESIDE = 8;

    /**
     * Approximate number of regions into which G1, Java's default collector, divides a heap; their size is a power of
     * 2.
     */
    private static final long REGIONS = 2048;

    private static final long SMALLEST_REGION_BYTES = 1 << 20;
    private static final long LARGEST_REGION_BYTES = 32 << 20;

    /** Size of an array's header. */
    private static final long HEADER_BYTES = 16;

    /** Returns the heap that this process was started with. */
    public static JavaHeap ofThisProcess() {
        return new JavaHeap(Runtime.getRuntime().maxMemory());
    }

    /** Whether there is room for arrays that take this much in all, as computed by {@link #taken}. */
    boolean holds(long takenBytes) {
        return takenBytes <= bytes - Math.min(bytes / SHARE_BESIDE, MOST_BESIDE_BYTES);
    }

    /**
     * Returns how much of the heap an array takes. An array of more than half a region occupies whole regions, and what
     * is left of the last one is lost. Smaller arrays share regions but do not cross their borders, so that the end of
     * a region is lost if no further array fits in.
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

    /**
     * Describes the heap, and the option that makes it large enough for frames of this size in all. The suggested size
     * allows for a quarter of the heap to be lost between arrays.
     */
    String text(long frameBytes) {
        long wanted = frameBytes / 3 * 4 + MOST_BESIDE_BYTES;
        return "the Java heap of %d MiB (SCOPEGATE_JAVA_OPTS=-Xmx%dg makes it larger)"
                .formatted(bytes >> 20, (wanted >> 30) + 1);
    }

    /** Describes the heap, and the option for a larger one, if it is unknown how much is needed. */
    public String text() {
        return text(2 * bytes);
    }
}
