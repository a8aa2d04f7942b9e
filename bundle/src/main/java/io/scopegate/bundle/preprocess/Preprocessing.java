package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;
import java.nio.FloatBuffer;

/**
 * Picture to tensor, as MONAI's {@code endoscopic_inbody_classification} bundle defines it: transpose (axis 1 of the
 * tensor is the picture's x), resize bilinearly with half-pixel centres and without antialiasing on values 0..255,
 * then z-score each channel over its own non-zero elements; zeros stay zero.
 *
 * <p>Not thread-safe: holds one plane of scratch memory. One instance per thread.
 */
public final class Preprocessing {

    /** Name of this definition in a bundle's manifest. */
    public static final String ID = "transpose-bilinear-zscore-nonzero/1";

    private static final int STRIPE = 16;

    private final InputShape shape;
    private final float[] plane;
    private final LevelScores levels = new LevelScores();
    private Resampling columns = Resampling.of(1, 1);
    private Resampling rows = Resampling.of(1, 1);

    public Preprocessing(InputShape shape) {
        this.shape = shape;
        this.plane = new float[shape.width() * shape.height()];
    }

    /** The tensor's shape. */
    public InputShape shape() {
        return shape;
    }

    /**
     * Writes the tensor of one picture.
     *
     * @param picture read only
     * @param tensor receives {@code shape().elements()} floats from {@code offset}; position and limit stay as they are
     * @param offset index of the first element
     */
    public void apply(Picture picture, FloatBuffer tensor, int offset) {
        boolean resized = picture.width() != shape.width() || picture.height() != shape.height();
        columns = columns.orFor(picture.width(), shape.width());
        rows = rows.orFor(picture.height(), shape.height());
        for (int channel = 0; channel < InputShape.CHANNELS; channel++) {
            if (resized) {
                resample(picture, channel);
                normalize();
            } else {
                score(picture, channel);
            }
            tensor.put(offset + channel * plane.length, plane, 0, plane.length);
        }
    }

    /** Transposes and scores at once. A few columns at a time, so that what is written stays in the processor's cache. */
    private void score(Picture picture, int channel) {
        byte[] rgb = picture.rgb();
        float[] scores = levels.of(picture, channel);
        for (int first = 0; first < shape.width(); first += STRIPE) {
            int last = Math.min(first + STRIPE, shape.width());
            for (int j = 0; j < shape.height(); j++) {
                int row = j * shape.width() * Picture.CHANNELS + channel;
                for (int i = first; i < last; i++) {
                    plane[i * shape.height() + j] = scores[rgb[row + i * Picture.CHANNELS] & 0xff];
                }
            }
        }
    }

    private void resample(Picture picture, int channel) {
        byte[] rgb = picture.rgb();
        int pitch = picture.width() * Picture.CHANNELS;
        for (int j = 0; j < shape.height(); j++) {
            int upper = rows.lower(j) * pitch + channel;
            int lower = rows.upper(j) * pitch + channel;
            float down = rows.weight(j);
            for (int i = 0; i < shape.width(); i++) {
                int left = columns.lower(i) * Picture.CHANNELS;
                int right = columns.upper(i) * Picture.CHANNELS;
                float across = columns.weight(i);
                float top = mix(rgb[upper + left] & 0xff, rgb[upper + right] & 0xff, across);
                float bottom = mix(rgb[lower + left] & 0xff, rgb[lower + right] & 0xff, across);
                plane[i * shape.height() + j] = mix(top, bottom, down);
            }
        }
    }

    private static float mix(float first, float second, float weight) {
        return first * (1 - weight) + second * weight;
    }

    private void normalize() {
        double sum = 0;
        int count = 0;
        for (float value : plane) {
            sum += value;
            count += value != 0 ? 1 : 0;
        }
        if (count == 0) {
            return;
        }
        double mean = sum / count;
        float center = (float) mean;
        float scale = (float) scale(mean, count);
        for (int k = 0; k < plane.length; k++) {
            plane[k] = plane[k] == 0 ? 0 : (plane[k] - center) / scale;
        }
    }

    /** Population standard deviation over the non-zero elements, or 1 where it is 0. */
    private double scale(double mean, int count) {
        double squares = 0;
        for (float value : plane) {
            double difference = value - mean;
            squares += value != 0 ? difference * difference : 0;
        }
        double deviation = Math.sqrt(squares / count);
        return deviation == 0 ? 1 : deviation;
    }
}
