package io.scopegate.server.frame;

import java.math.BigDecimal;
import java.time.Duration;

/** Times for people, in milliseconds. */
public final class Milliseconds {

    private Milliseconds() {}

    /** To the nanosecond, with as many digits as that takes. */
    public static String of(Duration time) {
        return BigDecimal.valueOf(time.getSeconds())
                        .movePointRight(3)
                        .add(BigDecimal.valueOf(time.getNano(), 6))
                        .stripTrailingZeros()
                        .toPlainString()
                + " ms";
    }

    /** Whole ones, so that a time over a limit is never shown as one that keeps it. */
    public static String roundedUp(Duration time) {
        return time.plusNanos(999_999).toMillis() + " ms";
    }
}
