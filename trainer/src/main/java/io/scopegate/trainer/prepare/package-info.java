/**
 * Turns pictures in folders into the sample lists of a training: finds them, decodes them to check them, splits them
 * and writes the lists. Before it, there is a folder or a manifest of labelled pictures; after it, {@code dataset}
 * reads the lists.
 */
@NullMarked
package io.scopegate.trainer.prepare;

import org.jspecify.annotations.NullMarked;
