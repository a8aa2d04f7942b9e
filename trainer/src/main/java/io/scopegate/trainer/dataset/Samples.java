package io.scopegate.trainer.dataset;

import java.util.random.RandomGenerator;

/** Decoded training frames. Each draw of a frame gives a newly augmented tensor. */
public interface Samples {

    /** Returns the number of frames. */
    int size();

    /** Returns the frame with this index. */
    LabelledFrame frame(int index);

    /** Returns the same frames for another thread; threads must not share one object. */
    Samples forAnotherThread();

    /**
     * Writes the augmented tensor of one frame.
     *
     * @param index index of the frame
     * @param random the only source of randomness of the augmentation
     * @param tensor receives 3 x 256 x 256 values; axis 1 is the picture's x
     */
    void draw(int index, RandomGenerator random, float[] tensor);
}
