/**
 * Finds labelled frames, splits them by group, decodes them once, augments them, and supplies them as input tensors.
 *
 * <p>before: folders and manifests on disk, or {@code sampledata}; after: {@code train} and {@code evaluate} take the
 * tensors.
 */
@NullMarked
package io.scopegate.trainer.dataset;

import org.jspecify.annotations.NullMarked;
