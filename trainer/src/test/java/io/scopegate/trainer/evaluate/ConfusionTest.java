package io.scopegate.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.dataset.Label;
import org.junit.jupiter.api.Test;

class ConfusionTest {

    @Test
    void balancedAccuracyIsTheMeanOfTheRecalls() {
        Confusion confusion = new Confusion(8, 2, 1, 1);

        assertThat(confusion.accuracy()).contains(0.75);
        assertThat(confusion.balancedAccuracy()).contains((0.8 + 0.5) / 2);
        assertThat(confusion.outOfBodyRecall()).contains(0.5);
    }

    @Test
    void missingLabelHasNoRecallRatherThanAPerfectOne() {
        Confusion confusion = new Confusion(3, 0, 0, 0);

        assertThat(confusion.outOfBodyRecall()).isEmpty();
        assertThat(confusion.balancedAccuracy()).isEmpty();
        assertThat(confusion.toJson().has("balancedAccuracy")).isFalse();
    }

    @Test
    void answersAreCountedByWhatTheFrameShows() {
        Confusion confusion = Confusion.EMPTY
                .plus(Label.OUT_OF_BODY, Label.IN_BODY)
                .plus(Label.IN_BODY, Label.IN_BODY)
                .plus(Label.IN_BODY, Label.OUT_OF_BODY)
                .plus(Label.OUT_OF_BODY, Label.OUT_OF_BODY);

        assertThat(confusion).isEqualTo(new Confusion(1, 1, 1, 1));
    }

    @Test
    void probabilityIsTheSoftmaxOfBothLogits() {
        assertThat(Softmax.inBody(new float[] {0, 0})).isEqualTo(0.5);
        assertThat(Softmax.inBody(new float[] {1000, -1000})).isEqualTo(1);
        assertThat(Softmax.inBody(new float[] {-1000, 1000})).isEqualTo(0);
    }
}
