/**
 * The whole way of a frame in one command: a server, a stream of rendered frames, verdicts.
 *
 * <p>before: the trainer's renderer makes frames; after: the command prints a line for each answer and a summary.
 */
@NullMarked
package io.scopegate.cli.demo;

import org.jspecify.annotations.NullMarked;
