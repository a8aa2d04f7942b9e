package io.scopegate.trainer.dataset;

import io.scopegate.bundle.preprocess.InputShape;
import java.util.random.RandomGenerator;

/**
 * Changes an input tensor at random, in the order of the reference bundle. Each change has one random parameter per
 * frame, which applies to all channels; only the noise is drawn for each value.
 *
 * @param rotationProbability how often the tensor is rotated
 * @param maxRotation largest rotation in either direction, in radians
 * @param scaleProbability how often all values are multiplied by 1 + f
 * @param maxScale largest absolute value of f
 * @param shiftProbability how often an offset is added to all values
 * @param maxShift largest absolute value of the offset
 * @param noiseProbability how often normal noise is added
 * @param maxNoise largest standard deviation of the noise
 * @param flipProbability how often each of the two axes is reversed
 */
public record TensorAugmentation(
        double rotationProbability,
        double maxRotation,
        double scaleProbability,
        double maxScale,
        double shiftProbability,
        double maxShift,
        double noiseProbability,
        double maxNoise,
        double flipProbability) {

    /** The settings that MONAI's {@code endoscopic_inbody_classification} is trained with. */
    public static final TensorAugmentation REFERENCE =
            new TensorAugmentation(0.2, 0.3, 0.5, 0.3, 0.5, 0.1, 0.15, 0.01, 0.5);

    private static final int SIDE = InputShape.REFERENCE.width();
    private static final int PLANE = SIDE * SIDE;

    /** Changes a tensor {@code 3 x 256 x 256} in place. */
    public void apply(float[] tensor, RandomGenerator random) {
        if (random.nextDouble() < rotationProbability) {
            rotate(tensor, symmetric(random, maxRotation));
        }
        if (random.nextDouble() < scaleProbability) {
            linear(tensor, 1 + symmetric(random, maxScale), 0);
        }
        if (random.nextDouble() < shiftProbability) {
            linear(tensor, 1, symmetric(random, maxShift));
        }
        if (random.nextDouble() < noiseProbability) {
            addNoise(tensor, random.nextDouble() * maxNoise, random);
        }
        if (random.nextDouble() < flipProbability) {
            flipFirstAxis(tensor);
        }
        if (random.nextDouble() < flipProbability) {
            flipSecondAxis(tensor);
        }
    }

    private static double symmetric(RandomGenerator random, double bound) {
        return (2 * random.nextDouble() - 1) * bound;
    }

    private static void linear(float[] tensor, double factor, double offset) {
        for (int k = 0; k < tensor.length; k++) {
            tensor[k] = (float) (tensor[k] * factor + offset);
        }
    }

    private static void addNoise(float[] tensor, double deviation, RandomGenerator random) {
        for (int k = 0; k < tensor.length; k++) {
            tensor[k] += (float) (deviation * random.nextGaussian());
        }
    }

    static void flipFirstAxis(float[] tensor) {
        for (int row = 0; row < InputShape.CHANNELS * SIDE; row++) {
            int mirrored = row / SIDE * SIDE + SIDE - 1 - row % SIDE;
            for (int j = 0; mirrored > row && j < SIDE; j++) {
                swap(tensor, row * SIDE + j, mirrored * SIDE + j);
            }
        }
    }

    static void flipSecondAxis(float[] tensor) {
        for (int row = 0; row < InputShape.CHANNELS * SIDE; row++) {
            for (int j = 0; j < SIDE / 2; j++) {
                swap(tensor, row * SIDE + j, row * SIDE + SIDE - 1 - j);
            }
        }
    }

    private static void swap(float[] tensor, int first, int second) {
        float kept = tensor[first];
        tensor[first] = tensor[second];
        tensor[second] = kept;
    }

    /** Rotates all channels about the centre, with bilinear sampling. Positions outside repeat the border. */
    static void rotate(float[] tensor, double angle) {
        float[] source = tensor.clone();
        double cosine = Math.cos(angle);
        double sine = Math.sin(angle);
        double center = (SIDE - 1) / 2.0;
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                double x = clamp(center + cosine * (i - center) - sine * (j - center));
                double y = clamp(center + sine * (i - center) + cosine * (j - center));
                for (int channel = 0; channel < InputShape.CHANNELS; channel++) {
                    int plane = channel * PLANE;
                    tensor[plane + i * SIDE + j] = sample(source, plane, x, y);
                }
            }
        }
    }

    private static double clamp(double position) {
        return Math.clamp(position, 0, SIDE - 1);
    }

    private static float sample(float[] source, int plane, double x, double y) {
        int left = Math.min((int) x, SIDE - 2);
        int top = Math.min((int) y, SIDE - 2);
        float across = (float) (x - left);
        float down = (float) (y - top);
        int at = plane + left * SIDE + top;
        float first = source[at] * (1 - down) + source[at + 1] * down;
        float second = source[at + SIDE] * (1 - down) + source[at + SIDE + 1] * down;
        return first * (1 - across) + second * across;
    }
}
