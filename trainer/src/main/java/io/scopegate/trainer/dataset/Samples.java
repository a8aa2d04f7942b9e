package io.scopegate.trainer.dataset;

import java.util.random.RandomGenerator;

/** Decoded frames to train on, each of which gives a new tensor every time that it is drawn. */
public interface Samples {

    /** How many frames there are. */
    int size();

    /** The frame with this index. */
    LabelledFrame frame(int index);

    /** The same frames for another thread, which has to have an object of its own to draw from. */
    Samples forAnotherThread();

    /**
     * Writes the augmented tensor of one frame.
     *
     * @param index of the frame
     * @param random decides everything about the augmentation
     * @param tensor receives 3 x 256 x 256 values; axis 1 is the picture's x
     */
    void draw(int index, RandomGenerator random, float[] tensor);
}
