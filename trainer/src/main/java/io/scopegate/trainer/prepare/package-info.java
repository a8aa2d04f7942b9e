/**
 * Pictures in folders become the sample lists of a training: found, decoded to prove them, split, written.
 *
 * <p>before: a folder or a manifest of labelled pictures; after: {@code dataset} reads the lists.
 */
@NullMarked
package io.scopegate.trainer.prepare;

import org.jspecify.annotations.NullMarked;
