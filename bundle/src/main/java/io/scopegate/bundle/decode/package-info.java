/**
 * Decodes a frame's bytes to a picture: JPEG, PNG and raw formats to RGB, at full scale.
 *
 * <p>before: {@code frame} holds the bytes and says what they are; after: {@code preprocess} turns the picture into the
 * network's input.
 */
@NullMarked
package io.scopegate.bundle.decode;

import org.jspecify.annotations.NullMarked;
