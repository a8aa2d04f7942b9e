package io.scopegate.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The client's two clocks.
 *
 * @param wall stamps clock probes; capture times come from it too
 * @param nanoTime measures round trips; it is monotonic
 */
record TimeSource(Clock wall, LongSupplier nanoTime) {

    /** Returns the present moment, even if the wall clock, which is the application's, throws. */
    Moment now() {
        return new Moment(nanoTime.getAsLong(), readWall());
    }

    private Optional<Instant> readWall() {
        try {
            return Optional.of(wall.instant());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the time since {@code start}, by the monotonic clock. */
    Duration since(Moment start) {
        return Duration.ofNanos(nanoTime.getAsLong() - start.nanos());
    }
}
