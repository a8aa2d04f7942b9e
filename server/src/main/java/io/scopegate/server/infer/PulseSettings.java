package io.scopegate.server.infer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the network counts as dead.
 *
 * @param hangLimit how long a run may take; null leaves it to the model that is run
 * @param canaryInterval after which time without a run one is made to see whether the network answers
 * @param exit whether the process then ends, for its supervisor to start it anew
 */
public record PulseSettings(@Nullable Duration hangLimit, Duration canaryInterval, boolean exit) {}
