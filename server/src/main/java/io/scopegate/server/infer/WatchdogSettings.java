package io.scopegate.server.infer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a network is watched, and what happens if it does not answer.
 *
 * @param hangLimit how long a run may take before it counts as hung; null to use the limit of the model that is run
 * @param canaryInterval how long a thread may judge no frame before it runs the network over a black picture
 * @param exit whether the process ends once the network of a model does not answer, so that its supervisor restarts it
 */
public record WatchdogSettings(@Nullable Duration hangLimit, Duration canaryInterval, boolean exit) {}
