/**
 * Measures the running stack over loopback, and for comparison the same model without the stack.
 *
 * <p>before: a model directory and rendered frames; after: one table or one JSON object.
 */
@NullMarked
package io.scopegate.cli.bench;

import org.jspecify.annotations.NullMarked;
