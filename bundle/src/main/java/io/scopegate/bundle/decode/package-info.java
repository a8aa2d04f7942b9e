/**
 * Decodes a frame's bytes, in JPEG, PNG or a raw format, to an RGB picture at full scale. Before it, {@code frame}
 * holds the bytes and their format; after it, {@code preprocess} turns the picture into the network's input.
 */
@NullMarked
package io.scopegate.bundle.decode;

import org.jspecify.annotations.NullMarked;
