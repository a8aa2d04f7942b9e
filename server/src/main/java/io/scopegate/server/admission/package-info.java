/**
 * Which frames a stream may bring: its terms, the order of its frames, and how old they are.
 *
 * <p>before: {@code frame} as it arrived; after: {@code pipeline} decodes what is admitted.
 */
@NullMarked
package io.scopegate.server.admission;

import org.jspecify.annotations.NullMarked;
