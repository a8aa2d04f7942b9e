package io.scopegate.server.infer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a network is watched, and what follows when it does not answer.
 *
 * @param hangLimit how long a run may take until it counts as hung; null leaves it to the model that is run
 * @param canaryInterval how long a thread may have judged no frame until it runs the network over a black picture
 * @param exit whether the process ends once the network of a model does not answer, for its supervisor to start it anew
 */
public record PulseSettings(@Nullable Duration hangLimit, Duration canaryInterval, boolean exit) {}
