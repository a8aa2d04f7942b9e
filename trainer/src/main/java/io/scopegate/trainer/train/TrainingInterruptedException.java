package io.scopegate.trainer.train;

/** The run was asked to stop; its state is on disk. */
public final class TrainingInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingInterruptedException(int epoch, int step) {
        super("interrupted after step " + step + " of epoch " + epoch);
    }
}
