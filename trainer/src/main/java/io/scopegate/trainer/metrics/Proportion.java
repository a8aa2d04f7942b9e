package io.scopegate.trainer.metrics;

import java.util.Optional;

/**
 * A share of frames.
 *
 * @param part number of frames in the part
 * @param whole number of frames that could have been in the part
 */
public record Proportion(int part, int whole) {

    /** The 97.5 % point of the normal distribution, for intervals of 95 %. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException("part: 0 to " + whole + ", not " + part);
        }
    }

    /** The two ends of a confidence interval. */
    public record Interval(double low, double high) {}

    /** Returns the share; empty without frames. */
    public Optional<Double> value() {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }

    /**
     * Returns the 95 % Wilson score interval; empty without frames. It assumes that frames are independent. Frames of
     * one video are not, so with few videos the true uncertainty is larger.
     */
    public Optional<Interval> interval() {
        return value().map(this::wilson);
    }

    private Interval wilson(double share) {
        double spread = Z * Z / whole;
        double centre = (share + spread / 2) / (1 + spread);
        double half = Z * Math.sqrt((share * (1 - share) + spread / 4) / whole) / (1 + spread);
        double low = part == 0 ? 0 : Math.max(0, centre - half);
        double high = part == whole ? 1 : Math.min(1, centre + half);
        return new Interval(low, high);
    }
}
