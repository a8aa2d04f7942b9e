package io.scopegate.inference.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When an engine was built.
 *
 * @param ended when its build was done
 * @param took from the first step of its build to the last
 */
public record BuildTime(Instant ended, Duration took) {}
