package io.scopegate.trainer.train;

/**
 * What one update did.
 *
 * @param epoch from 1
 * @param epochs planned
 * @param step of the epoch, from 1
 * @param steps of an epoch
 * @param loss of the update's batch, as it was minimised
 * @param trainAccuracy of the epoch so far
 * @param learningRate of this update
 * @param imagesPerSecond of the epoch so far, since it began or was resumed
 * @param secondsPerStep likewise
 */
public record StepReport(
        int epoch,
        int epochs,
        int step,
        int steps,
        double loss,
        double trainAccuracy,
        double learningRate,
        double imagesPerSecond,
        double secondsPerStep) {

    /** Updates since the beginning of the run, this one included. */
    public int update() {
        return (epoch - 1) * steps + step;
    }

    /** By the speed so far, validation not counted. */
    public double secondsLeft() {
        return (epochs * steps - update()) * secondsPerStep;
    }
}
