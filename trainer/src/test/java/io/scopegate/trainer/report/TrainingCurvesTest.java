package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.report.TrainingHistory.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCurvesTest {

    /** The ticks of the horizontal axis are its only labels in the middle that are numbers. */
    private static final Pattern TICK = Pattern.compile("text-anchor=\"middle\" x=\"[^\"]*\" y=\"[^\"]*\">([0-9.]+)<");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 12, 300})
    void ticksOfEpochsAreWholeNumbers(int epochs) {
        List<Epoch> all = IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> new Epoch(epoch, 1.0 / epoch, 0.5, Optional.empty()))
                .toList();

        String html = new TrainingCurves(new TrainingHistory(all, Optional.empty())).html();

        List<String> ticks =
                TICK.matcher(html).results().map(result -> result.group(1)).toList();
        assertThat(ticks).hasSizeGreaterThanOrEqualTo(4).allMatch(tick -> tick.matches("[0-9]+"));
    }
}
