package io.scopegate.trainer.train;

import io.scopegate.bundle.preprocess.InputShape;

/**
 * Tensors at half of each side, each element the mean of two by two. The network's convolutions and its pooling at the
 * end fit any size, so that epochs at a quarter of the work can come before those at the size that is served.
 */
final class HalfSize {

    private static final InputShape WHOLE = InputShape.REFERENCE;

    static final InputShape SHAPE = new InputShape(WHOLE.width() / 2, WHOLE.height() / 2);

    private HalfSize() {}

    /** Writes a tensor of {@link InputShape#REFERENCE} from this offset on. */
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
