/**
 * Computes figures of merit from scores and labels alone. Positive always means out of body: sensitivity is the share
 * of out-of-body frames that are answered out of body. Before it, {@code dataset} gives the frames' labels and a
 * network their scores; after it, {@code evaluate} collects the figures.
 */
@NullMarked
package io.scopegate.trainer.metrics;

import org.jspecify.annotations.NullMarked;
