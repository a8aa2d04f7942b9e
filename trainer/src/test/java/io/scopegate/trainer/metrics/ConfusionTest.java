package io.scopegate.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.dataset.Label;
import java.util.List;
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
        Confusion counts = new Confusion(1, 3, 5, 7);

        assertThat(counts.plus(Label.IN_BODY, Label.IN_BODY)).isEqualTo(new Confusion(2, 3, 5, 7));
        assertThat(counts.plus(Label.IN_BODY, Label.OUT_OF_BODY)).isEqualTo(new Confusion(1, 4, 5, 7));
        assertThat(counts.plus(Label.OUT_OF_BODY, Label.OUT_OF_BODY)).isEqualTo(new Confusion(1, 3, 6, 7));
        assertThat(counts.plus(Label.OUT_OF_BODY, Label.IN_BODY)).isEqualTo(new Confusion(1, 3, 5, 8));
    }

    @Test
    void verdictIsInBodyFromTheThresholdOn() {
        List<Score> scores = List.of(new Score(0, Label.IN_BODY), new Score(0.1, Label.OUT_OF_BODY));

        assertThat(Confusion.of(scores, 0.5)).isEqualTo(new Confusion(1, 0, 1, 0));
        assertThat(Confusion.of(scores, 0.4)).isEqualTo(new Confusion(1, 0, 0, 1));
        assertThat(Confusion.of(scores, 0.6)).isEqualTo(new Confusion(0, 1, 1, 0));
    }

    @Test
    void outOfBodyIsPositive() {
        Confusion confusion = new Confusion(8, 2, 1, 3);

        assertThat(confusion.sensitivity()).isEqualTo(new Proportion(1, 4));
        assertThat(confusion.specificity()).isEqualTo(new Proportion(8, 10));
        assertThat(confusion.right()).isEqualTo(new Proportion(9, 14));
    }
}
