package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;
import java.util.Arrays;

/**
 * Computes the z-scores of each channel's levels, for a picture that needs no resizing. A channel has at most 256
 * different values, so each score is computed only once. Not thread-safe: reused for each picture.
 */
final class LevelScores {

    private static final int LEVELS = 256;

    private final int[][] even = new int[Picture.CHANNELS][LEVELS];
    private final int[][] odd = new int[Picture.CHANNELS][LEVELS];
    private final float[][] scores = new float[Picture.CHANNELS][LEVELS];

    /** Returns the scores of the picture's levels, by channel and level; valid until the next call. */
    float[][] of(Picture picture) {
        count(picture.rgb(), picture.width() * picture.height() * Picture.CHANNELS);
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            score(even[channel], scores[channel]);
        }
        return scores;
    }

    /**
     * Counts into two histograms per channel: neighbouring pixels often have the same level, and in a single histogram
     * one increment would have to wait for the other.
     */
    private void count(byte[] rgb, int end) {
        clear(even);
        clear(odd);
        int k = 0;
        for (; k + Picture.CHANNELS < end; k += 2 * Picture.CHANNELS) {
            countPixel(rgb, k, even);
            countPixel(rgb, k + Picture.CHANNELS, odd);
        }
        if (k < end) {
            countPixel(rgb, k, even);
        }
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                even[channel][level] += odd[channel][level];
            }
        }
    }

    private static void clear(int[][] histograms) {
        for (int[] histogram : histograms) {
            Arrays.fill(histogram, 0);
        }
    }

    private static void countPixel(byte[] rgb, int pixel, int[][] histograms) {
        histograms[0][rgb[pixel] & 0xff]++;
        histograms[1][rgb[pixel + 1] & 0xff]++;
        histograms[2][rgb[pixel + 2] & 0xff]++;
    }

    /** Computes the scores of all levels above zero; zero stays zero. */
    private static void score(int[] histogram, float[] scores) {
        long sum = 0;
        long count = 0;
        for (int level = 1; level < LEVELS; level++) {
            sum += (long) histogram[level] * level;
            count += histogram[level];
        }
        double mean = (double) sum / Math.max(count, 1);
        double squares = 0;
        for (int level = 1; level < LEVELS; level++) {
            double difference = level - mean;
            squares += histogram[level] * (difference * difference);
        }
        ZScore score = ZScore.of(mean, squares, count);
        for (int level = 1; level < LEVELS; level++) {
            scores[level] = score.of(level);
        }
    }
}
