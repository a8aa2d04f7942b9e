package io.scopegate.trainer.train;

import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Samples;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Frames with waves along one axis or the other, by label, so that a network can tell them apart. Each draw has a
 * slightly different amplitude.
 */
record Stripes(int size, float scale) implements Samples {

    static float[] tensor(int index) {
        float[] tensor = new float[InputShape.REFERENCE.elements()];
        for (int k = 0; k < tensor.length; k++) {
            int along = index % 2 == 0 ? k % 256 : k / 256 % 256;
            tensor[k] = (float) Math.sin(along / 4.0 + index);
        }
        return tensor;
    }

    @Override
    public LabelledFrame frame(int index) {
        return new LabelledFrame(Path.of(index + ".png"), Label.values()[index % 2], "stripes");
    }

    @Override
    public Samples forAnotherThread() {
        return this;
    }

    @Override
    public void draw(int index, RandomGenerator random, float[] tensor) {
        float[] drawn = tensor(index);
        float factor = scale * (float) random.nextDouble(0.9, 1.1);
        for (int k = 0; k < tensor.length; k++) {
            tensor[k] = drawn[k] * factor;
        }
    }
}
