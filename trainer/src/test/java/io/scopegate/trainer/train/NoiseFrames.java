package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;

/** Eight small frames of noise, each brighter than the one before; every other one is out of body. */
final class NoiseFrames {

    private static final int FRAMES = 8;
    private static final int SIDE = 64;
    private static final int ELEMENTS = 3 * SIDE * SIDE;

    private NoiseFrames() {}

    /** Returns the frames of one of {@code parts} equal parts, of shape {@code [N, 3, 64, 64]}. */
    static NDArray input(NDManager manager, int part, int parts, DataType type) {
        Random random = new Random(9);
        double[] noise = new double[FRAMES * ELEMENTS];
        for (int k = 0; k < noise.length; k++) {
            noise[k] = random.nextGaussian() + k / ELEMENTS;
        }
        int frames = FRAMES / parts;
        double[] own = Arrays.copyOfRange(noise, part * frames * ELEMENTS, (part + 1) * frames * ELEMENTS);
        return manager.create(own, new Shape(frames, 3, SIDE, SIDE)).toType(type, false);
    }

    /** Returns the one-hot targets of one of {@code parts} equal parts, of shape {@code [N, 2]}. */
    static NDArray targets(NDManager manager, int part, int parts, DataType type) {
        int frames = FRAMES / parts;
        double[] targets = new double[2 * frames];
        for (int k = 0; k < frames; k++) {
            targets[2 * k + (part * frames + k) % 2] = 1;
        }
        return manager.create(targets, new Shape(frames, 2)).toType(type, false);
    }
}
