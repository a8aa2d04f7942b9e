package io.scopegate.trainer.metrics;

import io.scopegate.trainer.dataset.Label;

/**
 * A network's output for one frame, and what the frame shows.
 *
 * @param logOdds natural logarithm of the odds of out of body: the logit of out of body minus that of in body; finite.
 *     Unlike a probability, it still distinguishes frames of which the network is very sure
 * @param shown the truth
 */
public record Score(double logOdds, Label shown) {

    public Score {
        if (!Double.isFinite(logOdds)) {
            throw new IllegalArgumentException("logOdds: a finite number, not " + logOdds);
        }
    }

    /** Returns the probability of out of body. */
    public double outOfBody() {
        return probability(logOdds);
    }

    /** Returns the probability of in body. */
    public double inBody() {
        return probability(-logOdds);
    }

    /** Returns the verdict: in body if the probability of in body reaches the threshold. */
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
