/**
 * The server that a command talks to: one that is running already, or a child process for commands that start their
 * own.
 *
 * <p>before: a command's options say where it is, or which model it serves; after: frames and admin requests go to its
 * port.
 */
@NullMarked
package io.scopegate.cli.server;

import org.jspecify.annotations.NullMarked;
