/**
 * Reports over HTTP and gRPC, from one source, whether frames can be judged. Before it, {@code model} changes its state
 * or a drain begins; after it, health probes and clients read the report.
 */
@NullMarked
package io.scopegate.server.health;

import org.jspecify.annotations.NullMarked;
