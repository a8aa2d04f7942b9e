/**
 * The trainer's commands: train, evaluate, export.
 *
 * <p>before: the command line; after: {@code plan} reads what it names, and the steps it names are done in order.
 */
@NullMarked
package io.scopegate.trainer.cli;

import org.jspecify.annotations.NullMarked;
