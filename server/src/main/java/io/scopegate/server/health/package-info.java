/**
 * Whether frames can be judged, reported over HTTP and gRPC from one source.
 *
 * <p>before: {@code model} changes its state or a drain begins; after: whoever asks.
 */
@NullMarked
package io.scopegate.server.health;

import org.jspecify.annotations.NullMarked;
