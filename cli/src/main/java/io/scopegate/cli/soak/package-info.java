/**
 * Tests a server under load for a long time: every frame is answered, health does not change, and memory does not
 * grow.
 *
 * <p>before: a command line; after: the exit status gives the result.
 */
@NullMarked
package io.scopegate.cli.soak;

import org.jspecify.annotations.NullMarked;
