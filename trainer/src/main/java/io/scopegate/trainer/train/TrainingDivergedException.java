package io.scopegate.trainer.train;

/** The loss is infinite or not a number, from where no update leads back. */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingDivergedException(double loss, double learningRate) {
        super("fit.learningRate: low enough for a finite loss, not " + learningRate + " (loss " + loss + ")");
    }
}
