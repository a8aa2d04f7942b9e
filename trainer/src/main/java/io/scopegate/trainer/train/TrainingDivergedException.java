package io.scopegate.trainer.train;

/** Thrown when the loss is infinite or not a number; no further update could repair that. */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingDivergedException(double loss, double learningRate) {
        super("the loss is not finite (" + loss + "); fit.learningRate, " + learningRate + ", may be too high");
    }
}
