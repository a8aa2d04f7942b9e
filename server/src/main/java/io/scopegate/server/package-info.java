/**
 * The server process: its lifecycle, and the place where the stages are wired together.
 *
 * <p>before: the operating system starts the process; after: {@code grpc} takes the first stream.
 */
@NullMarked
package io.scopegate.server;

import org.jspecify.annotations.NullMarked;
