package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;
import java.util.Arrays;

/**
 * The z-scores of one channel's levels, for a picture that needs no resizing: it has 256 different values at most, so
 * each is worked out once. Not thread-safe: reused for each channel.
 */
final class LevelScores {

    private static final int LEVELS = 256;

    private final int[] even = new int[LEVELS];
    private final int[] odd = new int[LEVELS];
    private final float[] scores = new float[LEVELS];

    /** The score of each level in this channel of the picture; valid until the next call. */
    float[] of(Picture picture, int channel) {
        count(picture.rgb(), channel, picture.width() * picture.height() * Picture.CHANNELS);
        long sum = 0;
        long count = 0;
        for (int level = 1; level < LEVELS; level++) {
            sum += (long) even[level] * level;
            count += even[level];
        }
        if (count > 0) {
            score((double) sum / count, count);
        }
        return scores;
    }

    /** Into two histograms, since neighbours often have the same level and one would wait for the other. */
    private void count(byte[] rgb, int channel, int end) {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        int k = channel;
        for (; k + Picture.CHANNELS < end; k += 2 * Picture.CHANNELS) {
            even[rgb[k] & 0xff]++;
            odd[rgb[k + Picture.CHANNELS] & 0xff]++;
        }
        if (k < end) {
            even[rgb[k] & 0xff]++;
        }
        for (int level = 0; level < LEVELS; level++) {
            even[level] += odd[level];
        }
    }

    /** Zero stays zero. */
    private void score(double mean, long count) {
        double squares = 0;
        for (int level = 1; level < LEVELS; level++) {
            double difference = level - mean;
            squares += even[level] * (difference * difference);
        }
        double deviation = Math.sqrt(squares / count);
        float scale = (float) (deviation == 0 ? 1 : deviation);
        float center = (float) mean;
        for (int level = 1; level < LEVELS; level++) {
            scores[level] = (level - center) / scale;
        }
    }
}
