package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.preprocess.InputShape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HalfSizeTest {

    private static final int SIDE = 256;

    @Test
    void eachElementIsTheMeanOfTwoByTwo() {
        SplittableRandom random = new SplittableRandom(1);
        float[] tensor = new float[InputShape.REFERENCE.elements()];
        for (int k = 0; k < tensor.length; k++) {
            tensor[k] = random.nextInt(-1000, 1000);
        }
        float[] half = new float[2 + HalfSize.SHAPE.elements()];

        HalfSize.put(tensor, half, 2);

        assertThat(half).hasSize(2 + 3 * SIDE / 2 * SIDE / 2).startsWith(0, 0);
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < SIDE / 2; i++) {
                for (int j = 0; j < SIDE / 2; j++) {
                    float sum = 0;
                    for (int corner = 0; corner < 4; corner++) {
                        sum += tensor[(channel * SIDE + 2 * i + corner / 2) * SIDE + 2 * j + corner % 2];
                    }
                    assertThat(half[2 + (channel * SIDE / 2 + i) * SIDE / 2 + j])
                            .isEqualTo(sum / 4);
                }
            }
        }
    }
}
