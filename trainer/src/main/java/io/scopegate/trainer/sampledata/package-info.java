/**
 * Renders endoscope frames of known class from a seed, in place of recordings.
 *
 * <p>before: nothing, a seed is enough; after: the data set reads the frames like any other pictures.
 */
@NullMarked
package io.scopegate.trainer.sampledata;

import org.jspecify.annotations.NullMarked;
