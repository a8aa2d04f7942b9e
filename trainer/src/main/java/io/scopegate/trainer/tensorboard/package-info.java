/**
 * The course of a run as TensorBoard reads it.
 *
 * <p>before: {@code train} reports each step and epoch; after: {@code tensorboard --logdir} on the run's folder.
 */
@NullMarked
package io.scopegate.trainer.tensorboard;

import org.jspecify.annotations.NullMarked;
