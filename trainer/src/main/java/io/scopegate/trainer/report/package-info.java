/**
 * Writes one self-contained page on how well a model answers: no script, no external resources, plots as inline SVG.
 * Before it, {@code evaluate} computes the figures; after it, people read the page.
 */
@NullMarked
package io.scopegate.trainer.report;

import org.jspecify.annotations.NullMarked;
