/**
 * Measures the running stack over loopback and, for comparison, the same model without the stack. Before it, there are
 * a model directory and rendered frames; after it, one table or one JSON object is printed.
 */
@NullMarked
package io.scopegate.cli.bench;

import org.jspecify.annotations.NullMarked;
