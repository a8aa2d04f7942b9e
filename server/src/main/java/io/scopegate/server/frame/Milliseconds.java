package io.scopegate.server.frame;

import java.math.BigDecimal;
import java.time.Duration;

/** Formats durations in milliseconds for people. */
public final class Milliseconds {

    private Milliseconds() {}

    /** Returns the exact duration, with as many decimals as that takes (at most six). */
    public static String of(Duration time) {
        return BigDecimal.valueOf(time.getSeconds())
                        .movePointRight(3)
                        .add(BigDecimal.valueOf(time.getNano(), 6))
                        .stripTrailingZeros()
                        .toPlainString()
                + " ms";
    }

    /**
     * Returns the duration rounded up to whole milliseconds, so that a time over a limit never looks as if it kept the
     * limit.
     */
    public static String roundedUp(Duration time) {
        return time.plusNanos(999_999).toMillis() + " ms";
    }
}
