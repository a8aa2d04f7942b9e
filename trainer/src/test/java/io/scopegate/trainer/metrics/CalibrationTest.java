package io.scopegate.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.trainer.dataset.Label;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final double NINE_TO_ONE = Math.log(9);

    /** Two frames have a probability of 0.9, one of them is out of body; three have 0.1, and none is out of body. */
    @Test
    void expectedErrorIsTheDistanceOfProbabilityAndShareWeightedByFrames() {
        Calibration calibration = Calibration.of(LabelledScores.of(
                new double[] {NINE_TO_ONE, -NINE_TO_ONE, -NINE_TO_ONE, -NINE_TO_ONE}, new double[] {NINE_TO_ONE}));

        double atNineTenths = Math.abs(0.9 - 0.5) * 2;
        double atOneTenth = 0.1 * 3;
        assertThat(calibration.expectedError().value().orElseThrow())
                .isCloseTo((atNineTenths + atOneTenth) / 5, within(1e-12));
        assertThat(calibration.bins()).hasSize(15);
        assertThat(calibration.bins().get(13).frames()).isEqualTo(2);
        assertThat(calibration.bins().get(13).observed()).isEqualTo(0.5);
        assertThat(calibration.bins().get(1).meanProbability()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void brierAndLogLossAreMeansOverFrames() {
        Calibration calibration =
                Calibration.of(LabelledScores.of(new double[] {NINE_TO_ONE}, new double[] {NINE_TO_ONE}));

        assertThat(calibration.brier().value().orElseThrow()).isCloseTo((0.81 + 0.01) / 2, within(1e-12));
        assertThat(calibration.logLoss().value().orElseThrow())
                .isCloseTo(-(Math.log(0.1) + Math.log(0.9)) / 2, within(1e-12));
    }

    @Test
    void certaintyFallsIntoTheLastBin() {
        Calibration calibration = Calibration.of(List.of(new Score(1000, Label.OUT_OF_BODY)));

        assertThat(calibration.bins().getLast().frames()).isEqualTo(1);
        assertThat(calibration.expectedError()).isEqualTo(new Figure.Known(0));
    }

    @Test
    void withoutFramesThereIsNoFigure() {
        assertThat(Calibration.of(List.of()).expectedError()).isEqualTo(new Figure.Absent("no frame"));
    }

    @Property
    void everyFrameIsInOneBin(@ForAll("scores") List<Score> scores) {
        Calibration calibration = Calibration.of(scores);

        assertThat(calibration.bins().stream().mapToInt(Calibration.Bin::frames).sum())
                .isEqualTo(scores.size());
        assertThat(calibration.expectedError().value().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Provide
    Arbitrary<List<Score>> scores() {
        return LabelledScores.any();
    }
}
