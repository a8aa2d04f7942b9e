package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A point in time by both of the client's clocks: the wall clock may be set, and the monotonic clock stands still
 * while the machine sleeps.
 *
 * @param nanos by the monotonic clock
 * @param wall empty if the wall clock failed
 */
record Moment(long nanos, Optional<Instant> wall) {

    /** Returns the time until {@code later} by the clock that shows more; empty if either wall time is missing. */
    Optional<Duration> until(Moment later) {
        Duration steady = Duration.ofNanos(later.nanos - nanos);
        return wall.flatMap(start -> later.wall.map(end -> Duration.between(start, end)))
                .map(byWall -> steady.compareTo(byWall) > 0 ? steady : byWall);
    }
}
