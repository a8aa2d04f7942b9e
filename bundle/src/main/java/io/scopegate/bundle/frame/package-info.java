/**
 * A frame before it is decoded, the picture that it becomes, and the reasons why it may be rejected.
 *
 * <p>before: bytes from a stream or a file; after: {@code decode} fills a {@link io.scopegate.bundle.frame.Picture}.
 */
@NullMarked
package io.scopegate.bundle.frame;

import org.jspecify.annotations.NullMarked;
