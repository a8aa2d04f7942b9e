package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.dataset.Label;

/** Probabilities of two logits. */
public final class Softmax {

    private Softmax() {}

    /** The probability of in body. */
    public static double inBody(float[] logits) {
        return 1 / (1 + Math.exp(logOdds(logits)));
    }

    /** Natural logarithm of the odds of out of body; not finite if a logit is not. */
    static double logOdds(float[] logits) {
        return (double) logits[Label.OUT_OF_BODY.ordinal()] - logits[Label.IN_BODY.ordinal()];
    }
}
