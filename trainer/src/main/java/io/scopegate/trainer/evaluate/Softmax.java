package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.dataset.Label;

/** Computes probabilities from two logits. */
public final class Softmax {

    private Softmax() {}

    /** Returns the probability of in body. */
    public static double inBody(float[] logits) {
        return 1 / (1 + Math.exp(logOdds(logits)));
    }

    /** Returns the natural logarithm of the odds of out of body; not finite if a logit is not. */
    static double logOdds(float[] logits) {
        return (double) logits[Label.OUT_OF_BODY.ordinal()] - logits[Label.IN_BODY.ordinal()];
    }
}
