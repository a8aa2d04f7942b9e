/**
 * Example programs that show how an application uses the client.
 *
 * <p>before: a folder of pictures in place of a capture device; after: {@link io.scopegate.client}, of which they use
 * only the public part.
 */
@NullMarked
package io.scopegate.client.examples;

import org.jspecify.annotations.NullMarked;
