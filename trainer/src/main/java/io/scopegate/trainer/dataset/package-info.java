/**
 * Labelled frames: found, split by group, decoded once, augmented, and handed out as input tensors.
 *
 * <p>before: folders and manifests on disk, or {@code sampledata}; after: {@code train} and {@code evaluate} take the
 * tensors.
 */
@NullMarked
package io.scopegate.trainer.dataset;

import org.jspecify.annotations.NullMarked;
