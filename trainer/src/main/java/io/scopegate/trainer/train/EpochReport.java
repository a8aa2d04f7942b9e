package io.scopegate.trainer.train;

import java.util.Locale;
import java.util.Optional;

/**
 * The results of one epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param epochs number of planned epochs
 * @param loss mean cross-entropy per frame
 * @param trainAccuracy share of the epoch's augmented frames that were classified correctly, each before the update
 *     that it belongs to
 * @param validationAccuracy accuracy after the epoch; absent if the epoch was not validated
 * @param learningRate learning rate of the epoch's last update
 * @param imagesPerSecond training throughput since the epoch began or was resumed
 */
public record EpochReport(
        int epoch,
        int epochs,
        double loss,
        double trainAccuracy,
        Optional<Double> validationAccuracy,
        double learningRate,
        double imagesPerSecond) {

    /** Returns the results as one line of text. */
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
