package io.scopegate.cli.bench;

import java.time.Duration;

/**
 * Memory that Java has allocated for objects.
 *
 * @param megabytes megabytes, without the objects to which G1 gives regions of their own, which it does not count
 * @param elapsed time in which they were allocated
 */
record AllocatedMemory(double megabytes, Duration elapsed) {}
