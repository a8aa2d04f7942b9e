/**
 * The server of a command: one that runs, or a child process for commands that bring their server with them.
 *
 * <p>before: a command's options say where it is, or which model it serves; after: frames and orders go to its port.
 */
@NullMarked
package io.scopegate.cli.server;

import org.jspecify.annotations.NullMarked;
