/**
 * Renders endoscope frames of known class from a seed, to stand in for recordings. Before it, nothing is needed but a
 * seed; after it, {@code dataset} reads the frames like any other pictures.
 */
@NullMarked
package io.scopegate.trainer.sampledata;

import org.jspecify.annotations.NullMarked;
