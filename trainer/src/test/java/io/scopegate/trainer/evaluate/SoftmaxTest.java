package io.scopegate.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void probabilityIsTheSoftmaxOfBothLogits() {
        assertThat(Softmax.inBody(new float[] {0, 0})).isEqualTo(0.5);
        assertThat(Softmax.inBody(new float[] {1000, -1000})).isEqualTo(1);
        assertThat(Softmax.inBody(new float[] {-1000, 1000})).isEqualTo(0);
    }
}
