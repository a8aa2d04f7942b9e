/**
 * Which frames a stream may send: its terms, the order of its frames, and how old they may be.
 *
 * <p>before: {@code frame} holds a frame as it arrived; after: {@code pipeline} decodes what is admitted.
 */
@NullMarked
package io.scopegate.server.admission;

import org.jspecify.annotations.NullMarked;
