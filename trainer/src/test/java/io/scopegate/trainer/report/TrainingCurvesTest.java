package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.report.TrainingHistory.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCurvesTest {

    /** The ticks of the horizontal axis are its only labels in the middle that are numbers. */
    private static final Pattern TICK = Pattern.compile("text-anchor=\"middle\" x=\"[^\"]*\" y=\"[^\"]*\">([0-9.]+)<");

    /** The ticks of the vertical axis are its only labels with this anchor. */
    private static final Pattern UPRIGHT_TICK =
            Pattern.compile("text-anchor=\"end\" x=\"[^\"]*\" y=\"[^\"]*\">([^<]*)<");

    @ParameterizedTest
    @CsvSource({
        "2.3, 0 0.5 1 1.5 2",
        "0.006, 0 0.002 0.004 0.006",
        "0.002, 0 0.0005 0.001 0.0015 0.002",
        "0.00021, 0 0.00005 0.0001 0.00015 0.0002"
    })
    void ticksOfTheLossHaveAsManyDigitsAsItNeeds(double loss, String ticks) {
        List<Epoch> all = List.of(new Epoch(1, loss, 0.5, Optional.empty()));

        String html = new TrainingCurves(new TrainingHistory(all, Optional.empty())).html();

        // The loss is the first of the two plots.
        String plot = html.substring(0, html.indexOf("</svg>"));
        assertThat(UPRIGHT_TICK.matcher(plot).results().map(result -> result.group(1)))
                .containsExactly(ticks.split(" "));
    }

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
