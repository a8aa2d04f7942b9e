package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.network.GoldenInput;
import io.scopegate.trainer.network.GoldenValues;
import java.io.IOException;
import java.util.List;

/**
 * The batch of the golden training steps, exact to the last bit. Adam's first update is the learning rate times the
 * sign of the gradient, whatever its size, so a difference in the last bit of the input changes the second step's loss
 * by 1e-4. {@code Preprocessing} rounds five of the twelve channel means to the float next to PyTorch's, so the means
 * given here are PyTorch's own.
 */
final class ReferenceBatch {

    private static final List<Source> SOURCES = List.of(
            new Source("img0_64x48.png", 131.85297f, 127.90529f, 127.78359f),
            new Source("img1_256x256.png", 128.0f, 127.83863f, 128.0f),
            new Source("img2_200x120.png", 127.31865f, 126.8316f, 126.74545f),
            new Source("img3_500x300.png", 127.17489f, 126.94727f, 127.08826f));
    private static final int FULL = 256;
    private static final int SIDE = 64;

    private ReferenceBatch() {}

    private record Source(String picture, float... means) {}

    /** Returns the batch as float64, of shape {@code [4, 3, 64, 64]}. */
    static NDArray create(GoldenValues golden, NDManager manager) throws IOException {
        double[] batch = new double[SOURCES.size() * 3 * FULL * FULL];
        int offset = 0;
        for (Source source : SOURCES) {
            float[] resized = GoldenInput.resized(golden.picture(source.picture()), FULL);
            for (float mean : source.means()) {
                normalize(resized, mean, batch, offset);
                offset += FULL * FULL;
            }
        }
        return manager.create(quartered(batch), new Shape(SOURCES.size(), 3, SIDE, SIDE));
    }

    /**
     * Scales each plane to a quarter of its side by bilinear interpolation, which at this scale is the mean of the four
     * middle elements of every 4 x 4 block.
     */
    private static double[] quartered(double[] planes) {
        double[] quartered = new double[planes.length / 16];
        for (int k = 0; k < quartered.length; k++) {
            int at = (k / SIDE * 4 + 1) * FULL + k % SIDE * 4 + 1;
            quartered[k] = (planes[at] + planes[at + 1] + planes[at + FULL] + planes[at + FULL + 1]) / 4;
        }
        return quartered;
    }

    private static void normalize(float[] values, float mean, double[] batch, int offset) {
        int first = offset % values.length;
        double squares = 0;
        int count = 0;
        for (int k = first; k < first + FULL * FULL; k++) {
            squares += values[k] == 0 ? 0 : ((double) values[k] - mean) * ((double) values[k] - mean);
            count += values[k] == 0 ? 0 : 1;
        }
        float deviation = (float) Math.sqrt(squares / count);
        for (int k = 0; k < FULL * FULL; k++) {
            float value = values[first + k];
            batch[offset + k] = value == 0 ? 0 : (value - mean) / deviation;
        }
    }
}
