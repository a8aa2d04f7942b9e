package io.scopegate.inference.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When an engine was built, and how long that took.
 *
 * @param ended when the build was done
 * @param took from the first step of the build to the last
 */
public record BuildTime(Instant ended, Duration took) {}
