/**
 * Streams pictures from disk to a running server and prints an answer for each.
 *
 * <p>before: {@code input} finds the pictures; after: lines for people or JSON for programs.
 */
@NullMarked
package io.scopegate.cli.classify;

import org.jspecify.annotations.NullMarked;
