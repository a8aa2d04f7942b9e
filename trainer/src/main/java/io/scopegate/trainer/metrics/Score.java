package io.scopegate.trainer.metrics;

import io.scopegate.trainer.dataset.Label;

/**
 * What a network said of one frame, and what the frame shows.
 *
 * @param logOdds natural logarithm of the odds of out of body: its logit less that of in body. Finite. Unlike a
 *     probability it still tells frames apart that the network is very sure of
 * @param shown the truth
 */
public record Score(double logOdds, Label shown) {

    public Score {
        if (!Double.isFinite(logOdds)) {
            throw new IllegalArgumentException("logOdds: a finite number, not " + logOdds);
        }
    }

    /** The probability of out of body. */
    public double outOfBody() {
        return probability(logOdds);
    }

    /** The probability of in body. */
    public double inBody() {
        return probability(-logOdds);
    }

    /** The verdict: in body if that probability reaches the threshold. */
    public Label verdict(double threshold) {
        return inBody() >= threshold ? Label.IN_BODY : Label.OUT_OF_BODY;
    }

    boolean positive() {
        return shown == Label.OUT_OF_BODY;
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
