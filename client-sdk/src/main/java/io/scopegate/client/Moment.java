package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A point in time by both of the client's clocks: one may be set, the other stands still while the machine sleeps.
 *
 * @param wall empty if that clock failed
 */
record Moment(long nanos, Optional<Instant> wall) {

    /** By the clock that says more; empty if one of them is not known. */
    Optional<Duration> until(Moment later) {
        Duration steady = Duration.ofNanos(later.nanos - nanos);
        return wall.flatMap(start -> later.wall.map(end -> Duration.between(start, end)))
                .map(byWall -> steady.compareTo(byWall) > 0 ? steady : byWall);
    }
}
