package io.scopegate.client;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The client's two clocks.
 *
 * @param wall stamps clock probes; capture times come from it too
 * @param nanoTime measures round trips: it only ever rises
 */
record TimeSource(Clock wall, LongSupplier nanoTime) {

    Moment now() {
        return new Moment(nanoTime.getAsLong(), wall.instant());
    }

    /** By the clock that only rises. */
    Duration since(Moment start) {
        return Duration.ofNanos(nanoTime.getAsLong() - start.nanos());
    }
}
