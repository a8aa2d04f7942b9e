package io.scopegate.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Rounds figures to the digits that are meaningful. */
public final class Rounding {

    private static final int MILLISECOND_DIGITS = 3;

    private Rounding() {}

    /** Returns the duration in milliseconds, rounded to the microsecond. */
    public static double milliseconds(Duration duration) {
        return to(duration.toNanos() / 1e6, MILLISECOND_DIGITS);
    }

    /** Rounds half up to this many digits after the point; not-a-number and infinity stay as they are. */
    public static double to(double value, int digits) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(digits, RoundingMode.HALF_UP)
                        .doubleValue()
                : value;
    }
}
