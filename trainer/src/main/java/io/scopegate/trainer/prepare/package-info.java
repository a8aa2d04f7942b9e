/**
 * Turns pictures in folders into the sample lists of a training: finds them, decodes them as a check, splits them and
 * writes the lists.
 *
 * <p>before: a folder or a manifest of labelled pictures; after: {@code dataset} reads the lists.
 */
@NullMarked
package io.scopegate.trainer.prepare;

import org.jspecify.annotations.NullMarked;
