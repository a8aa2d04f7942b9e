/**
 * Puts a server under load for a long time and checks its promises: no frame without an answer, no change of health,
 * memory that does not grow. Before it, a command line gives the load; after it, the exit status is the result.
 */
@NullMarked
package io.scopegate.cli.soak;

import org.jspecify.annotations.NullMarked;
