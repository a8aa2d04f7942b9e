package io.scopegate.trainer.metrics;

import static io.scopegate.trainer.dataset.Label.IN_BODY;
import static io.scopegate.trainer.dataset.Label.OUT_OF_BODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.metrics.Exposure.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposureTest {

    @Test
    void verdictStandsUntilTheNextFrameOfItsRecording() {
        Exposure exposure = Exposure.of(List.of(
                new Moment("a", 2, OUT_OF_BODY, IN_BODY),
                new Moment("b", 2.5, IN_BODY, IN_BODY),
                new Moment("a", 0, IN_BODY, IN_BODY),
                new Moment("a", 5, OUT_OF_BODY, OUT_OF_BODY)));

        assertThat(exposure).isEqualTo(new Exposure(3, 5.5, 7.5));
        assertThat(exposure.secondsPerHour()).contains(3 / 7.5 * 3600);
    }

    @Test
    void inBodyTakenForOutOfBodyIsNoExposure() {
        Exposure exposure = Exposure.of(
                List.of(new Moment("a", 0, IN_BODY, OUT_OF_BODY), new Moment("a", 1, IN_BODY, OUT_OF_BODY)));

        assertThat(exposure.secondsPerHour()).contains(0.0);
    }

    @Test
    void singleFrameHasNoLength() {
        Exposure exposure = Exposure.of(List.of(new Moment("a", 7, OUT_OF_BODY, IN_BODY)));

        assertThat(exposure.secondsPerHour()).isEmpty();
    }
}
