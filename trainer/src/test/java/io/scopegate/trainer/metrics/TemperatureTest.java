package io.scopegate.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TemperatureTest {

    /** Three of four answers are right, odds of 3 to 1, but the network states twice the log odds. */
    @Test
    void networkThatIsTwiceTooSureHasTemperatureTwo() {
        double sure = 2 * Math.log(3);

        Figure temperature =
                Temperature.fit(LabelledScores.of(new double[] {sure, -sure, -sure, -sure}, new double[0]));

        assertThat(temperature.value().orElseThrow()).isCloseTo(2, within(1e-9));
    }

    @Test
    void perfectSeparationHasNoTemperature() {
        assertThat(Temperature.fit(LabelledScores.of(new double[] {-1}, new double[] {1})))
                .isInstanceOf(Figure.Absent.class);
    }

    @Test
    void reversedScoresHaveNoTemperature() {
        assertThat(Temperature.fit(LabelledScores.of(new double[] {1, -0.5}, new double[] {-1})))
                .isInstanceOf(Figure.Absent.class);
    }

    @Test
    void temperatureIsAbsentWithoutFrames() {
        assertThat(Temperature.fit(List.of())).isEqualTo(new Figure.Absent("no frame"));
    }

    @Property
    void noOtherTemperatureHasALowerLogLoss(@ForAll("scores") List<Score> scores) {
        Temperature.fit(scores).value().ifPresent(best -> {
            double least = Temperature.logLoss(scores, best);
            for (double factor : new double[] {0.5, 0.9, 0.99, 1.01, 1.1, 2}) {
                assertThat(Temperature.logLoss(scores, best * factor)).isGreaterThanOrEqualTo(least - 1e-12);
            }
        });
    }

    @Provide
    Arbitrary<List<Score>> scores() {
        return LabelledScores.any();
    }
}
