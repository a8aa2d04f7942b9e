/**
 * Decides which frames a stream may send: the stream's terms, the order of its frames, and their greatest age. Before
 * it, {@code frame} holds a frame as it arrived; after it, {@code pipeline} decodes what is admitted.
 */
@NullMarked
package io.scopegate.server.admission;

import org.jspecify.annotations.NullMarked;
