/**
 * Describes what a training run does, from JSON files and overrides on the command line.
 *
 * <p>before: {@code cli} names the file; after: {@code dataset}, {@code train}, {@code export} and {@code publish} do
 * what it says.
 */
@NullMarked
package io.scopegate.trainer.plan;

import org.jspecify.annotations.NullMarked;
