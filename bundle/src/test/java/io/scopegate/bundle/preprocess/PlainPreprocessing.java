package io.scopegate.bundle.preprocess;

import io.scopegate.bundle.frame.Picture;

/** Computes the tensor element by element, straight from its definition and without regard to speed. */
final class PlainPreprocessing {

    private PlainPreprocessing() {}

    static float[] tensor(Picture picture, InputShape shape) {
        int elements = shape.width() * shape.height();
        float[] tensor = new float[shape.elements()];
        for (int channel = 0; channel < InputShape.CHANNELS; channel++) {
            float[] plane = resized(picture, channel, shape);
            ZScore score = score(plane);
            for (int k = 0; k < elements; k++) {
                tensor[channel * elements + k] = plane[k] == 0 ? 0 : (plane[k] - score.center()) / score.scale();
            }
        }
        return tensor;
    }

    private static float[] resized(Picture picture, int channel, InputShape shape) {
        float[] plane = new float[shape.width() * shape.height()];
        for (int i = 0; i < shape.width(); i++) {
            for (int j = 0; j < shape.height(); j++) {
                float x = position(i, picture.width(), shape.width());
                float y = position(j, picture.height(), shape.height());
                float top = across(picture, channel, x, (int) y);
                float bottom = across(picture, channel, x, Math.min((int) y + 1, picture.height() - 1));
                plane[i * shape.height() + j] = mix(top, bottom, y - (int) y);
            }
        }
        return plane;
    }

    private static float position(int target, int source, int targets) {
        return Math.max(0, (target + 0.5f) * ((float) source / targets) - 0.5f);
    }

    private static float across(Picture picture, int channel, float x, int y) {
        float left = level(picture, channel, (int) x, y);
        float right = level(picture, channel, Math.min((int) x + 1, picture.width() - 1), y);
        return mix(left, right, x - (int) x);
    }

    private static int level(Picture picture, int channel, int x, int y) {
        return Byte.toUnsignedInt(picture.rgb()[(y * picture.width() + x) * Picture.CHANNELS + channel]);
    }

    private static float mix(float first, float second, float weight) {
        return first * (1 - weight) + second * weight;
    }

    private static ZScore score(float[] plane) {
        double sum = 0;
        int count = 0;
        for (float value : plane) {
            sum += value;
            count += value == 0 ? 0 : 1;
        }
        double mean = sum / Math.max(count, 1);
        double squares = 0;
        for (float value : plane) {
            squares += value == 0 ? 0 : (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(count, 1));
        return new ZScore((float) mean, (float) (deviation == 0 ? 1 : deviation));
    }
}
