package io.scopegate.bundle.preprocess;

import java.nio.FloatBuffer;

/**
 * Computes the z-scores of three planes, each over its own non-zero elements; zeros stay zero. The planes are summed
 * side by side, since within one plane each addition has to wait for the one before.
 */
final class PlaneScores {

    /** Scales the smallest positive value of a resized picture, a level times two weights, to more than 1. */
    private static final float HUGE = 0x1p100f;

    private PlaneScores() {}

    /** Writes one plane after the other. The planes' values are overwritten. */
    static void write(float[][] planes, FloatBuffer tensor) {
        int[] counts = new int[planes.length];
        double[] means = sums(planes);
        for (int channel = 0; channel < planes.length; channel++) {
            counts[channel] = count(planes[channel]);
            means[channel] /= Math.max(counts[channel], 1);
        }
        double[] squares = squares(planes, means);
        for (int channel = 0; channel < planes.length; channel++) {
            float[] plane = planes[channel];
            score(plane, ZScore.of(means[channel], squares[channel], counts[channel]));
            tensor.put(channel * plane.length, plane);
        }
    }

    private static int count(float[] plane) {
        int count = 0;
        for (float value : plane) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }

    private static double[] sums(float[][] planes) {
        float[] reds = planes[0];
        float[] greens = planes[1];
        float[] blues = planes[2];
        double red = 0;
        double green = 0;
        double blue = 0;
        for (int k = 0; k < reds.length; k++) {
            red += reds[k];
            green += greens[k];
            blue += blues[k];
        }
        return new double[] {red, green, blue};
    }

    private static double[] squares(float[][] planes, double[] means) {
        float[] reds = planes[0];
        float[] greens = planes[1];
        float[] blues = planes[2];
        double redMean = means[0];
        double greenMean = means[1];
        double blueMean = means[2];
        double red = 0;
        double green = 0;
        double blue = 0;
        for (int k = 0; k < reds.length; k++) {
            red += square(reds[k], redMean);
            green += square(greens[k], greenMean);
            blue += square(blues[k], blueMean);
        }
        return new double[] {red, green, blue};
    }

    private static double square(float value, double mean) {
        double difference = value - mean;
        return value != 0 ? difference * difference : 0;
    }

    /**
     * Works in place, since the compiler vectorises a loop only where it can see that no element is read after it was
     * written. Adding 0 turns -0 into 0.
     */
    private static void score(float[] plane, ZScore score) {
        for (int k = 0; k < plane.length; k++) {
            plane[k] = score.of(plane[k]) * oneUnlessZero(plane[k]) + 0f;
        }
    }

    /** Returns 1 for a positive value and 0 for zero, without a branch, so that the loop can be vectorised. */
    private static float oneUnlessZero(float value) {
        return Math.min(value * HUGE, 1);
    }
}
