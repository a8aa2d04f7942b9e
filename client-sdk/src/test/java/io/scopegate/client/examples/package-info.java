/**
 * How an application uses the client: programs to read and to run.
 *
 * <p>before: a folder of pictures in place of a capture device; after: {@link io.scopegate.client}, of which they use the
 * public part only.
 */
@NullMarked
package io.scopegate.client.examples;

import org.jspecify.annotations.NullMarked;
