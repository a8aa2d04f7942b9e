/**
 * The trainer's commands: train, evaluate, export and others.
 *
 * <p>before: the command line; after: {@code plan} reads the files that it names, and the commands run the steps in
 * order.
 */
@NullMarked
package io.scopegate.trainer.cli;

import org.jspecify.annotations.NullMarked;
