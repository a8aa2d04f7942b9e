/**
 * One self-contained page on how well a model answered: no script, nothing from elsewhere, plots as inline SVG.
 *
 * <p>before: {@code evaluate} computed the figures; after: people read it.
 */
@NullMarked
package io.scopegate.trainer.report;

import org.jspecify.annotations.NullMarked;
