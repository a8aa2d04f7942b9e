package io.scopegate.trainer.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * How well predicted probabilities of out of body match the observed shares.
 *
 * @param bins the reliability curve: fifteen bins of equal width from 0 to 1, empty ones included
 * @param expectedError expected calibration error (ECE): the mean distance between a bin's mean probability and its
 *     share of out-of-body frames, weighted by the bin's frames
 * @param brier Brier score: mean squared distance between probability and truth
 * @param logLoss mean negative log likelihood, natural logarithm
 */
public record Calibration(List<Bin> bins, Figure expectedError, Figure brier, Figure logLoss) {

    private static final int BINS = 15;
    private static final Figure NO_FRAME = new Figure.Absent("no frame");

    /**
     * The frames whose probability is from {@code low} up to, but not including, {@code high}; the last bin includes 1.
     *
     * @param frames number of frames
     * @param meanProbability mean probability of out of body; 0 without frames
     * @param observed share of the frames that are out of body; 0 without frames
     */
    public record Bin(double low, double high, int frames, double meanProbability, double observed) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** Computes the calibration of these frames. The figures are absent if there are none. */
    public static Calibration of(List<Score> scores) {
        List<Bin> bins = bins(scores);
        if (scores.isEmpty()) {
            return new Calibration(bins, NO_FRAME, NO_FRAME, NO_FRAME);
        }
        double error = bins.stream()
                .mapToDouble(bin -> bin.frames * Math.abs(bin.meanProbability - bin.observed))
                .sum();
        double brier = scores.stream()
                .mapToDouble(score -> Math.pow(score.outOfBody() - (score.positive() ? 1 : 0), 2))
                .sum();
        return new Calibration(
                bins,
                new Figure.Known(error / scores.size()),
                new Figure.Known(brier / scores.size()),
                new Figure.Known(Temperature.logLoss(scores, 1)));
    }

    private static List<Bin> bins(List<Score> scores) {
        int[] frames = new int[BINS];
        int[] positives = new int[BINS];
        double[] probability = new double[BINS];
        for (Score score : scores) {
            int bin = (int) Math.min(BINS - 1, score.outOfBody() * BINS);
            frames[bin]++;
            positives[bin] += score.positive() ? 1 : 0;
            probability[bin] += score.outOfBody();
        }
        List<Bin> bins = new ArrayList<>();
        for (int k = 0; k < BINS; k++) {
            int whole = Math.max(1, frames[k]);
            bins.add(new Bin(
                    (double) k / BINS,
                    (k + 1.0) / BINS,
                    frames[k],
                    probability[k] / whole,
                    (double) positives[k] / whole));
        }
        return bins;
    }
}
