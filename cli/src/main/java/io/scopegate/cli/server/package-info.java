/**
 * A server of our own as a child process, for commands that bring their server with them.
 *
 * <p>before: {@code demo} or {@code bench} names a model; after: they stream frames to its port.
 */
@NullMarked
package io.scopegate.cli.server;

import org.jspecify.annotations.NullMarked;
