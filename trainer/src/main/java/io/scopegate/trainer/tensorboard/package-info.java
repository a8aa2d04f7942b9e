/**
 * Writes the progress of a run in TensorBoard's format. Before it, {@code train} reports each step and epoch; after it,
 * {@code tensorboard --logdir} shows the run's folder.
 */
@NullMarked
package io.scopegate.trainer.tensorboard;

import org.jspecify.annotations.NullMarked;
