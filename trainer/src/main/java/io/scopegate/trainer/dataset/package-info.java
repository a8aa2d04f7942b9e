/**
 * Finds labelled frames, splits them by group, decodes each once, augments them, and supplies them as input tensors.
 * Before it, there are folders and manifests on disk, or frames of {@code sampledata}; after it, {@code train} and
 * {@code evaluate} take the tensors.
 */
@NullMarked
package io.scopegate.trainer.dataset;

import org.jspecify.annotations.NullMarked;
