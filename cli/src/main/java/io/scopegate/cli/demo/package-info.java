/**
 * Shows the whole way of a frame in one command: a server, a stream of rendered frames, verdicts. Before it, the
 * trainer's renderer makes frames; after it, a line for each answer and a summary are printed.
 */
@NullMarked
package io.scopegate.cli.demo;

import org.jspecify.annotations.NullMarked;
