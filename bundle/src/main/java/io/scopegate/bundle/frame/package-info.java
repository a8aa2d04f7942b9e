/**
 * Describes a frame before decoding, the picture that it becomes, and the reasons for which it may be rejected. Before
 * it, bytes come from a stream or a file; after it, {@code decode} fills a {@link io.scopegate.bundle.frame.Picture}.
 */
@NullMarked
package io.scopegate.bundle.frame;

import org.jspecify.annotations.NullMarked;
