package io.scopegate.bundle.preprocess;

/** For each target position along one axis: the two source positions that it lies between, and how near the second. */
final class Resampling {

    private final int sourceSize;
    private final int[] lower;
    private final int[] upper;
    private final float[] weight;

    private Resampling(int sourceSize, int targetSize) {
        this.sourceSize = sourceSize;
        this.lower = new int[targetSize];
        this.upper = new int[targetSize];
        this.weight = new float[targetSize];
    }

    /** Half-pixel centres, clamped to the first position; the source is not smoothed where it is larger. */
    static Resampling of(int sourceSize, int targetSize) {
        Resampling resampling = new Resampling(sourceSize, targetSize);
        float ratio = (float) sourceSize / targetSize;
        for (int k = 0; k < targetSize; k++) {
            float position = Math.max(0, (k + 0.5f) * ratio - 0.5f);
            int first = Math.min((int) position, sourceSize - 1);
            resampling.lower[k] = first;
            resampling.upper[k] = Math.min(first + 1, sourceSize - 1);
            resampling.weight[k] = Math.min(position - first, 1);
        }
        return resampling;
    }

    /** This one if it fits, otherwise a new one. */
    Resampling orFor(int wantedSource, int wantedTarget) {
        return sourceSize == wantedSource && lower.length == wantedTarget ? this : of(wantedSource, wantedTarget);
    }

    int lower(int k) {
        return lower[k];
    }

    int upper(int k) {
        return upper[k];
    }

    float weight(int k) {
        return weight[k];
    }
}
