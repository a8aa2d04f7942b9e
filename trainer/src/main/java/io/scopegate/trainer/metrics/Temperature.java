package io.scopegate.trainer.metrics;

import java.util.List;

/** The number that logits are divided by so that probabilities fit the truth best; over 1 for a network too sure. */
public final class Temperature {

    private static final double LEAST = 1e-3;
    private static final double MOST = 1e3;
    private static final int HALVINGS = 100;

    private Temperature() {}

    /**
     * The temperature with the least log loss, by bisection on its slope: log loss is convex in the inverse of the
     * temperature. Absent where the least is at no temperature from 0.001 to 1000.
     */
    public static Figure fit(List<Score> scores) {
        if (scores.isEmpty()) {
            return new Figure.Absent("no frame");
        }
        double low = 1 / MOST;
        double high = 1 / LEAST;
        if (slope(scores, high) <= 0) {
            return new Figure.Absent("every class is right, so that the lower the temperature, the better the fit");
        }
        if (slope(scores, low) >= 0) {
            return new Figure.Absent(
                    "the scores do not predict the labels, so that the higher the temperature, the better the fit");
        }
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (slope(scores, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Figure.Known(2 / (low + high));
    }

    /** Mean negative log likelihood of the labels, natural logarithm, at a temperature. */
    public static double logLoss(List<Score> scores, double temperature) {
        return scores.stream()
                .mapToDouble(score -> softplus(-margin(score) / temperature))
                .average()
                .orElseThrow(() -> new IllegalArgumentException("scores: at least one, not none"));
    }

    /** Derivative of the log loss with respect to the inverse temperature, times the number of frames. */
    private static double slope(List<Score> scores, double inverse) {
        return scores.stream()
                .mapToDouble(score -> -margin(score) / (1 + Math.exp(inverse * margin(score))))
                .sum();
    }

    /** How surely the frame is what it shows. */
    private static double margin(Score score) {
        return score.positive() ? score.logOdds() : -score.logOdds();
    }

    /** The logarithm of 1 + e^x without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
