package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.dataset.Label;

/** Probabilities of two logits. */
public final class Softmax {

    private Softmax() {}

    /** The probability of in body. */
    public static double inBody(float[] logits) {
        double difference = (double) logits[Label.OUT_OF_BODY.ordinal()] - logits[Label.IN_BODY.ordinal()];
        return 1 / (1 + Math.exp(difference));
    }
}
