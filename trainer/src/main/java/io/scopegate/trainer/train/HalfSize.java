package io.scopegate.trainer.train;

import io.scopegate.bundle.preprocess.InputShape;

/**
 * Scales input tensors to half their width and height; each element is the mean of 2 x 2. The network accepts this
 * size, since its convolutions and its final pooling do not depend on the input's size. Epochs at half size cost a
 * quarter of the work, and can precede those at the size that is served.
 */
final class HalfSize {

    private static final InputShape WHOLE = InputShape.REFERENCE;

    static final InputShape SHAPE = new InputShape(WHOLE.width() / 2, WHOLE.height() / 2);

    private HalfSize() {}

    /** Scales a tensor of {@link InputShape#REFERENCE} down and writes it into an array from an offset on. */
    static void put(float[] tensor, float[] into, int offset) {
        int row = WHOLE.height();
        int k = offset;
        for (int line = 0; line < InputShape.CHANNELS * WHOLE.width(); line += 2) {
            for (int x = line * row; x < (line + 1) * row; x += 2) {
                into[k++] = (tensor[x] + tensor[x + 1] + tensor[x + row] + tensor[x + row + 1]) / 4;
            }
        }
    }
}
