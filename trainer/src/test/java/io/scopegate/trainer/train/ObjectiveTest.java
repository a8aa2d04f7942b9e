package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.FitOptions.Loss;
import io.scopegate.trainer.plan.FitOptions.Objective;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Two frames: logits (ln 3, 0) give the probabilities 3/4 and 1/4, logits (0, 0) give 1/2 each. */
class ObjectiveTest {

    private static final Offset<Double> TOLERANCE = within(1e-6);
    private static final float[] LOGITS = {(float) Math.log(3), 0, 0, 0};
    private static final List<Label> LABELS = List.of(Label.IN_BODY, Label.OUT_OF_BODY);

    @Test
    void bundlesLossIsTheSum() {
        assertThat(loss(Objective.REFERENCE)).isCloseTo(Math.log(4.0 / 3) + Math.log(2), TOLERANCE);
    }

    @Test
    void meanIsTheSumByTheNumberOfFrames() {
        assertThat(loss(new Objective(Loss.MEAN, 0, List.of(1.0, 1.0))))
                .isCloseTo((Math.log(4.0 / 3) + Math.log(2)) / 2, TOLERANCE);
    }

    @Test
    void classWeightsMultiplyTheTermsOfTheirFrames() {
        assertThat(loss(new Objective(Loss.SUM, 0, List.of(1.0, 3.0))))
                .isCloseTo(Math.log(4.0 / 3) + 3 * Math.log(2), TOLERANCE);
    }

    @Test
    void weightedMeanIsDividedByTheSumOfTheWeights() {
        assertThat(loss(new Objective(Loss.MEAN, 0, List.of(1.0, 3.0))))
                .isCloseTo((Math.log(4.0 / 3) + 3 * Math.log(2)) / 4, TOLERANCE);
    }

    @Test
    void smoothedLabelIsPartlyTheOtherClass() {
        assertThat(loss(new Objective(Loss.SUM, 0.2, List.of(1.0, 1.0))))
                .isCloseTo(0.9 * Math.log(4.0 / 3) + 0.1 * Math.log(4) + Math.log(2), TOLERANCE);
    }

    @Test
    void smoothedTermHasTheWeightOfTheClassThatItIsFor() {
        double expected = 0.9 * Math.log(4.0 / 3) + 0.1 * 3 * Math.log(4) + 0.1 * Math.log(2) + 0.9 * 3 * Math.log(2);
        assertThat(loss(new Objective(Loss.SUM, 0.2, List.of(1.0, 3.0)))).isCloseTo(expected, TOLERANCE);
    }

    private static double loss(Objective objective) {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray logits = manager.create(LOGITS, new Shape(2, 2));
            NDArray targets = manager.create(Targets.of(LABELS, objective), new Shape(2, 2));
            return CrossEntropy.sum(logits, targets).getFloat();
        }
    }
}
