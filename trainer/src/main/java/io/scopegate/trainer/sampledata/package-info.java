/**
 * What stands in for recordings: rendered endoscope frames of known class, made from a seed.
 *
 * <p>before: nothing, a seed is enough; after: the data set reads the frames like any other pictures.
 */
@NullMarked
package io.scopegate.trainer.sampledata;

import org.jspecify.annotations.NullMarked;
