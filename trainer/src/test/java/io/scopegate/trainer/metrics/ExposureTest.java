package io.scopegate.trainer.metrics;

import static io.scopegate.trainer.dataset.Label.IN_BODY;
import static io.scopegate.trainer.dataset.Label.OUT_OF_BODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.metrics.Exposure.Moment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExposureTest {

    /**
     * Recording a is known for 7.5 s: gaps of 2 s and 3 s, and their median for its last frame. Recording b has a
     * single frame, which counts for nothing.
     */
    @Test
    void verdictStandsUntilTheNextFrameOfItsRecording() {
        Exposure exposure = Exposure.of(List.of(
                moment("a", 2, OUT_OF_BODY, IN_BODY),
                moment("b", 2.5, IN_BODY, IN_BODY),
                moment("a", 0, IN_BODY, IN_BODY),
                moment("a", 5, OUT_OF_BODY, OUT_OF_BODY)));

        assertThat(exposure).isEqualTo(new Exposure.Known(3, 5.5, 7.5));
        assertThat(exposure.perHour()).contains(3 / 7.5 * 3600);
    }

    @Test
    void inBodyTakenForOutOfBodyIsNoExposure() {
        Exposure exposure =
                Exposure.of(List.of(moment("a", 0, IN_BODY, OUT_OF_BODY), moment("a", 1, IN_BODY, OUT_OF_BODY)));

        assertThat(exposure.perHour()).contains(0.0);
    }

    @Test
    void exposureIsAbsentForASingleFrame() {
        Exposure exposure = Exposure.of(List.of(moment("a", 7, OUT_OF_BODY, IN_BODY)));

        assertThat(exposure).isEqualTo(new Exposure.Absent("no group has two frames with known times"));
    }

    @Test
    void exposureIsAbsentIfAFrameHasNoGroup() {
        Exposure exposure = Exposure.of(List.of(
                moment("a", 0, OUT_OF_BODY, IN_BODY),
                moment("a", 1, OUT_OF_BODY, IN_BODY),
                new Moment(Optional.empty(), 2, OUT_OF_BODY, IN_BODY)));

        assertThat(exposure)
                .isEqualTo(new Exposure.Absent(
                        "the recordings of the frames are not known: they have times, but no group"));
    }

    /** The group has two frames at each time, so it is not a single recording. */
    @Test
    void groupOfSeveralRecordingsIsNotTakenForOne() {
        List<Moment> interleaved = IntStream.range(0, 10)
                .mapToObj(k -> moment("ski", k / 2, k % 2 == 0 ? OUT_OF_BODY : IN_BODY, IN_BODY))
                .toList();

        assertThat(Exposure.of(interleaved))
                .isEqualTo(
                        new Exposure.Absent("the group ski is not a single recording: it has several frames at 0.0 s"));
    }

    private static Moment moment(String recording, double seconds, Label shown, Label answered) {
        return new Moment(Optional.of(recording), seconds, shown, answered);
    }
}
