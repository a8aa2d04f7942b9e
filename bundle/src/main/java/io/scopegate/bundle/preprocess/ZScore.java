package io.scopegate.bundle.preprocess;

/**
 * Maps a value to its distance from the mean, in standard deviations.
 *
 * @param center the mean
 * @param scale the standard deviation of the population, or 1 where it is 0
 */
record ZScore(float center, float scale) {

    /** Creates a z-score from the mean of {@code count} values and the sum of their squared differences from it. */
    static ZScore of(double mean, double squares, long count) {
        double deviation = Math.sqrt(squares / Math.max(count, 1));
        return new ZScore((float) mean, (float) (deviation == 0 ? 1 : deviation));
    }

    float of(float value) {
        return (value - center) / scale;
    }
}
