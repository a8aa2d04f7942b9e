package io.scopegate.trainer.metrics;

import java.util.List;

/**
 * Temperature scaling: the number by which logits have to be divided so that the probabilities fit the truth best. A
 * temperature over 1 means that the network is overconfident.
 */
public final class Temperature {

    private static final double LEAST = 1e-3;
    private static final double MOST = 1e3;
    private static final int HALVINGS = 100;

    private Temperature() {}

    /**
     * Returns the temperature with the least log loss. Log loss is convex in the inverse temperature, so bisection on
     * its slope finds the minimum. Absent without frames, or if the minimum is not between 0.001 and 1000.
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

    /**
     * Returns the mean negative log likelihood of the labels at a temperature, natural logarithm.
     *
     * @throws IllegalArgumentException if there are no scores
     */
    public static double logLoss(List<Score> scores, double temperature) {
        return scores.stream()
                .mapToDouble(score -> softplus(-margin(score) / temperature))
                .average()
                .orElseThrow(() -> new IllegalArgumentException("scores: at least one, not none"));
    }

    /** Returns the derivative of the log loss with respect to the inverse temperature, times the number of frames. */
    private static double slope(List<Score> scores, double inverse) {
        return scores.stream()
                .mapToDouble(score -> -margin(score) / (1 + Math.exp(inverse * margin(score))))
                .sum();
    }

    /** Returns the log odds of the frame's true label. */
    private static double margin(Score score) {
        return score.positive() ? score.logOdds() : -score.logOdds();
    }

    /** Computes the logarithm of 1 + e^x without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
