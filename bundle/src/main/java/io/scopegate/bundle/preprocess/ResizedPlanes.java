package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;

/**
 * The channels of a picture, transposed and resized, with values from 0 to 255. Not thread-safe: reused for each
 * picture.
 */
final class ResizedPlanes {

    private static final int STRIPE = 16;

    private final InputShape shape;
    private final float[] red;
    private final float[] green;
    private final float[] blue;
    private Resampling columns = Resampling.of(1, 1, 1);
    private Resampling rows = Resampling.of(1, 1, 1);

    ResizedPlanes(InputShape shape) {
        int elements = shape.width() * shape.height();
        this.shape = shape;
        this.red = new float[elements];
        this.green = new float[elements];
        this.blue = new float[elements];
    }

    /** Returns the picture as one plane per channel. The planes belong to the caller until the next call. */
    float[][] of(Picture picture) {
        columns = columns.orFor(picture.width(), shape.width(), Picture.CHANNELS);
        rows = rows.orFor(picture.height(), shape.height(), picture.width() * Picture.CHANNELS);
        for (int left = 0; left < shape.width(); left += STRIPE) {
            for (int j = 0; j < shape.height(); j++) {
                resample(picture.rgb(), left, j);
            }
        }
        return new float[][] {red, green, blue};
    }

    /**
     * Resamples some pixels of one row. Only a few columns at a time, so that the memory being written stays in the
     * processor's cache.
     */
    private void resample(byte[] rgb, int first, int j) {
        float[] reds = red;
        float[] greens = green;
        float[] blues = blue;
        int height = shape.height();
        int above = rows.lower(j);
        int below = rows.upper(j);
        float down = rows.weight(j);
        int end = Math.min(first + STRIPE, shape.width());
        for (int i = first; i < end; i++) {
            int left = columns.lower(i);
            int right = columns.upper(i);
            float across = columns.weight(i);
            int a = above + left;
            int b = above + right;
            int c = below + left;
            int d = below + right;
            int to = i * height + j;
            reds[to] = mix(mix(rgb[a], rgb[b], across), mix(rgb[c], rgb[d], across), down);
            greens[to] = mix(mix(rgb[a + 1], rgb[b + 1], across), mix(rgb[c + 1], rgb[d + 1], across), down);
            blues[to] = mix(mix(rgb[a + 2], rgb[b + 2], across), mix(rgb[c + 2], rgb[d + 2], across), down);
        }
    }

    private static float mix(byte first, byte second, float weight) {
        return mix((float) (first & 0xff), second & 0xff, weight);
    }

    private static float mix(float first, float second, float weight) {
        return first * (1 - weight) + second * weight;
    }
}
