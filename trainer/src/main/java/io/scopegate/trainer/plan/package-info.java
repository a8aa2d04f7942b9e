/**
 * Reads from a JSON file, and overrides on the command line, what a training run is to do. Before it, {@code cli} names
 * the file; after it, {@code dataset}, {@code train}, {@code export} and {@code publish} follow the plan.
 */
@NullMarked
package io.scopegate.trainer.plan;

import org.jspecify.annotations.NullMarked;
