package io.scopegate.bundle.preprocess;

/**
 * Maps each target position along one axis to the two source positions that it lies between, and to the weight of the
 * second.
 */
final class Resampling {

    private final int sourceSize;
    private final int step;
    private final int[] lower;
    private final int[] upper;
    private final float[] weight;

    private Resampling(int sourceSize, int targetSize, int step) {
        this.sourceSize = sourceSize;
        this.step = step;
        this.lower = new int[targetSize];
        this.upper = new int[targetSize];
        this.weight = new float[targetSize];
    }

    /**
     * Computes the positions with half-pixel centres, clamped to the first position. A larger source is not smoothed.
     *
     * @param step distance from one source position's index to that of the next
     */
    static Resampling of(int sourceSize, int targetSize, int step) {
        Resampling resampling = new Resampling(sourceSize, targetSize, step);
        float ratio = (float) sourceSize / targetSize;
        for (int k = 0; k < targetSize; k++) {
            float position = Math.max(0, (k + 0.5f) * ratio - 0.5f);
            int first = Math.min((int) position, sourceSize - 1);
            resampling.lower[k] = first * step;
            resampling.upper[k] = Math.min(first + 1, sourceSize - 1) * step;
            resampling.weight[k] = Math.min(position - first, 1);
        }
        return resampling;
    }

    /** Returns this instance if it fits, otherwise a new one. */
    Resampling orFor(int wantedSource, int wantedTarget, int wantedStep) {
        return sourceSize == wantedSource && lower.length == wantedTarget && step == wantedStep
                ? this
                : of(wantedSource, wantedTarget, wantedStep);
    }

    /** Returns the index of the first source position. */
    int lower(int k) {
        return lower[k];
    }

    /** Returns the index of the second source position. */
    int upper(int k) {
        return upper[k];
    }

    float weight(int k) {
        return weight[k];
    }
}
