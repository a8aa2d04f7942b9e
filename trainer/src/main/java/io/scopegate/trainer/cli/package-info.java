/**
 * Contains the trainer's commands, such as train, evaluate and export. Before it, the command line is typed; after it,
 * {@code plan} reads the configuration that it names, and the steps of the command are done in order.
 */
@NullMarked
package io.scopegate.trainer.cli;

import org.jspecify.annotations.NullMarked;
