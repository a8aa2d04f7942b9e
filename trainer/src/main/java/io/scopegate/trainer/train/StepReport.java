package io.scopegate.trainer.train;

/**
 * The results of one update.
 *
 * @param epoch number of the epoch, from 1
 * @param epochs number of planned epochs
 * @param step number of the update in the epoch, from 1
 * @param steps number of updates in an epoch
 * @param loss loss of the update's batch, as it was minimised
 * @param trainAccuracy training accuracy of the epoch so far
 * @param learningRate learning rate of this update
 * @param imagesPerSecond throughput since the epoch began or was resumed
 * @param secondsPerStep mean duration of an update since the epoch began or was resumed
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

    /** Returns the number of updates since the beginning of the run, including this one. */
    public int update() {
        return (epoch - 1) * steps + step;
    }

    /** Estimates the remaining time of the run by the speed so far, without validations. */
    public double secondsLeft() {
        return (epochs * steps - update()) * secondsPerStep;
    }
}
