package io.scopegate.cli.report;

import java.time.Duration;
import java.util.Arrays;

/** Durations collected for their percentiles. Grows with what it holds. Not thread-safe. */
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

    /** How many durations were added. */
    public int count() {
        return count;
    }

    /**
     * The smallest duration that at least {@code percent} of all do not exceed (nearest rank), in milliseconds; NaN if
     * there are none.
     */
    public double milliseconds(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(rank, 1) - 1] / NANOS_A_MILLISECOND;
    }
}
