package io.scopegate.cli.report;

import java.time.Duration;
import java.util.Arrays;

/** Collects durations and returns their percentiles. Memory grows with the number of durations. Not thread-safe. */
public final class Percentiles {

    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final int FIRST_CAPACITY = 1024;

    private long[] nanos = new long[FIRST_CAPACITY];
    private int count;

    /** Adds one duration. */
    public void add(Duration duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration.toNanos();
    }

    /** Adds all of another collection. */
    public void addAll(Percentiles other) {
        for (int i = 0; i < other.count; i++) {
            add(Duration.ofNanos(other.nanos[i]));
        }
    }

    /** Returns how many durations were added. */
    public int count() {
        return count;
    }

    /**
     * Returns the smallest duration that at least {@code percent} of all durations do not exceed (nearest rank), in
     * milliseconds; NaN if there are none.
     *
     * @param percent 0 to 100, with at most one digit after the point
     */
    public double milliseconds(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        // In whole numbers, because in floating point 99.9 / 100 * 1000 is more than 999.
        long permille = Math.round(percent * 10);
        int rank = (int) Math.ceilDiv(permille * count, 1000L);
        return sorted[Math.max(rank, 1) - 1] / NANOS_A_MILLISECOND;
    }
}
