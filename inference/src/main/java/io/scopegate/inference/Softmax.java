package io.scopegate.inference;

/** Converts logits to probabilities. */
public final class Softmax {

    private Softmax() {}

    /**
     * Returns the softmax in double precision, safe for large logits. If any logit is NaN, so are the probabilities.
     */
    public static double[] of(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp(logits[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
