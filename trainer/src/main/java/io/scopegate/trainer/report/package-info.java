/**
 * One self-contained page that shows how well a model answers: no scripts, no external resources, plots as inline SVG.
 *
 * <p>before: {@code evaluate} computed the figures; after: people read it.
 */
@NullMarked
package io.scopegate.trainer.report;

import org.jspecify.annotations.NullMarked;
