/**
 * A server under load for long, against what it promises: no frame without an answer, no change of health, memory that
 * does not grow.
 *
 * <p>before: a command line; after: a verdict, by the exit status.
 */
@NullMarked
package io.scopegate.cli.soak;

import org.jspecify.annotations.NullMarked;
