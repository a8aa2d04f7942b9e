/**
 * Streams pictures from disk to a running server and prints one answer for each. Before it, {@code input} finds the
 * pictures; after it, people read the lines, or programs the JSON.
 */
@NullMarked
package io.scopegate.cli.classify;

import org.jspecify.annotations.NullMarked;
