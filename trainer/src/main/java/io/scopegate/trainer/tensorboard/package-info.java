/**
 * Writes the progress of a run in TensorBoard's format.
 *
 * <p>before: {@code train} reports each step and epoch; after: {@code tensorboard --logdir} on the run's folder.
 */
@NullMarked
package io.scopegate.trainer.tensorboard;

import org.jspecify.annotations.NullMarked;
