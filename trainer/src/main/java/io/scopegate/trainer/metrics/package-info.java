/**
 * Figures of merit, computed from scores and labels alone. Positive always means out of body: sensitivity is the share
 * of out-of-body frames that are answered out of body.
 *
 * <p>before: {@code dataset} says what frames show; after: {@code evaluate} computes figures of a network's answers.
 */
@NullMarked
package io.scopegate.trainer.metrics;

import org.jspecify.annotations.NullMarked;
