package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TensorAugmentationTest {

    private static final int SIDE = 256;
    private static final TensorAugmentation NOTHING = new TensorAugmentation(0, 0.3, 0, 0.3, 0, 0.1, 0, 0.01, 0);

    @Test
    void nothingIsChangedAtProbabilityZero() {
        float[] tensor = tensor();

        NOTHING.apply(tensor, new SplittableRandom(1));

        assertThat(tensor).isEqualTo(tensor());
    }

    @Test
    void flipOfTheFirstAxisMirrorsEachChannel() {
        float[] tensor = tensor();

        TensorAugmentation.flipFirstAxis(tensor);

        assertThat(tensor[at(1, 0, 7)]).isEqualTo(tensor()[at(1, 255, 7)]);
        assertThat(tensor[at(2, 255, 9)]).isEqualTo(tensor()[at(2, 0, 9)]);
    }

    @Test
    void flipOfTheSecondAxisMirrorsEachChannel() {
        float[] tensor = tensor();

        TensorAugmentation.flipSecondAxis(tensor);

        assertThat(tensor[at(0, 3, 0)]).isEqualTo(tensor()[at(0, 3, 255)]);
        assertThat(tensor[at(2, 8, 254)]).isEqualTo(tensor()[at(2, 8, 1)]);
    }

    @Test
    void quarterTurnMovesElementsAboutTheCentre() {
        float[] tensor = tensor();

        TensorAugmentation.rotate(tensor, Math.PI / 2);

        assertThat(tensor[at(1, 10, 20)]).isCloseTo(tensor()[at(1, 235, 10)], within(1e-3f));
    }

    @Test
    void rotationRepeatsTheBorder() {
        float[] tensor = new float[3 * SIDE * SIDE];
        Arrays.fill(tensor, 2);

        TensorAugmentation.rotate(tensor, 0.3);

        assertThat(tensor).containsOnly(2);
    }

    @Test
    void sameSeedGivesTheSameTensor() {
        float[] first = tensor();
        float[] second = tensor();

        for (int k = 0; k < 5; k++) {
            TensorAugmentation.REFERENCE.apply(first, new SplittableRandom(k));
            TensorAugmentation.REFERENCE.apply(second, new SplittableRandom(k));
        }

        assertThat(first).isEqualTo(second).isNotEqualTo(tensor());
    }

    private static int at(int channel, int i, int j) {
        return (channel * SIDE + i) * SIDE + j;
    }

    private static float[] tensor() {
        float[] tensor = new float[3 * SIDE * SIDE];
        for (int k = 0; k < tensor.length; k++) {
            tensor[k] = (k % 977) / 100f;
        }
        return tensor;
    }
}
