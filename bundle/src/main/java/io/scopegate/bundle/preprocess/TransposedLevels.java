package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;
import java.nio.FloatBuffer;

/**
 * Writes each pixel's score to its place in the tensor, tile by tile, so that both what is read and what is written
 * stay in the processor's cache.
 *
 * @param picture read only
 * @param scores by channel and level
 * @param tensor receives, for each channel, as many columns as the picture has
 */
record TransposedLevels(Picture picture, float[][] scores, FloatBuffer tensor) {

    private static final int TILE = 64;

    void write() {
        for (int left = 0; left < picture.width(); left += TILE) {
            int right = Math.min(left + TILE, picture.width());
            for (int top = 0; top < picture.height(); top += TILE) {
                for (int x = left; x < right; x++) {
                    writeColumn(x, top);
                }
            }
        }
    }

    private void writeColumn(int x, int top) {
        byte[] rgb = picture.rgb();
        float[] reds = scores[0];
        float[] greens = scores[1];
        float[] blues = scores[2];
        int green = picture.width() * picture.height();
        int pitch = picture.width() * Picture.CHANNELS;
        int pixel = top * pitch + x * Picture.CHANNELS;
        int first = x * picture.height() + top;
        int end = first + Math.min(TILE, picture.height() - top);
        for (int k = first; k < end; k++) {
            tensor.put(k, reds[rgb[pixel] & 0xff]);
            tensor.put(k + green, greens[rgb[pixel + 1] & 0xff]);
            tensor.put(k + 2 * green, blues[rgb[pixel + 2] & 0xff]);
            pixel += pitch;
        }
    }
}
