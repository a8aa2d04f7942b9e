/**
 * Starts and stops the server process, and wires its stages together. Before it, the operating system starts the
 * process; after it, {@code grpc} takes the first stream.
 */
@NullMarked
package io.scopegate.server;

import org.jspecify.annotations.NullMarked;
