package io.scopegate.trainer.train;

/** Thrown when a run was asked to stop, after its state was written to disk. */
public final class TrainingInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingInterruptedException(int epoch, int step) {
        super("interrupted after step " + step + " of epoch " + epoch);
    }
}
