package io.scopegate.trainer.train;

import java.util.Locale;
import java.util.Optional;

/**
 * What one epoch did.
 *
 * @param epoch from 1
 * @param epochs planned
 * @param loss cross-entropy, mean of a frame
 * @param trainAccuracy share of the epoch's augmented frames that were answered right before each update
 * @param validationAccuracy after the epoch; absent without validation frames
 * @param learningRate of the last update
 * @param imagesPerSecond trained, since the epoch began or was resumed
 */
public record EpochReport(
        int epoch,
        int epochs,
        double loss,
        double trainAccuracy,
        Optional<Double> validationAccuracy,
        double learningRate,
        double imagesPerSecond) {

    /** One line for people. */
    public String line() {
        String validation = validationAccuracy
                .map(accuracy -> String.format(Locale.ROOT, "  validation %.4f", accuracy))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  train %.4f%s  %.1f images/s",
                epoch,
                epochs,
                loss,
                trainAccuracy,
                validation,
                imagesPerSecond);
    }
}
