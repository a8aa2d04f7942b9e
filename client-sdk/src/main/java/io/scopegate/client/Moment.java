package io.scopegate.client;

import java.time.Duration;
import java.time.Instant;

/** A point in time by both of the client's clocks: one may be set, the other stands still while the machine sleeps. */
record Moment(long nanos, Instant wall) {

    /** By the clock that says more. */
    Duration until(Moment later) {
        Duration steady = Duration.ofNanos(later.nanos - nanos);
        Duration byWall = Duration.between(wall, later.wall);
        return steady.compareTo(byWall) > 0 ? steady : byWall;
    }
}
