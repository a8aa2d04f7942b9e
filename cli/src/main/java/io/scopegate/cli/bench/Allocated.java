package io.scopegate.cli.bench;

import java.time.Duration;

/**
 * What Java gave to objects.
 *
 * @param megabytes without the objects that G1 gives regions of their own, for it does not count those
 * @param elapsed in which time
 */
record Allocated(double megabytes, Duration elapsed) {}
