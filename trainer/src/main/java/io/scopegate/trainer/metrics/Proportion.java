package io.scopegate.trainer.metrics;

import java.util.Optional;

/**
 * A share of frames.
 *
 * @param part of the whole
 * @param whole the frames that could have been in the part
 */
public record Proportion(int part, int whole) {

    /** The 97.5 % point of the normal distribution, for intervals of 95 %. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException("part: 0 to " + whole + ", not " + part);
        }
    }

    /** Both ends of an interval that a share is in. */
    public record Interval(double low, double high) {}

    /** The share; empty without frames. */
    public Optional<Double> value() {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }

    /**
     * Wilson's score interval, 95 %; empty without frames. It takes frames for independent, which those of one video
     * are not: with few videos the truth is less certain than it says.
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
