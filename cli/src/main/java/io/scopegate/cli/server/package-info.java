/**
 * Connects a command to its server: a running one, or a child process that the command starts itself. Before it, a
 * command's options say where the server is, or which model it serves; after it, the command sends frames and requests
 * to the server's port.
 */
@NullMarked
package io.scopegate.cli.server;

import org.jspecify.annotations.NullMarked;
