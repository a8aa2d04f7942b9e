package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.Answers;
import io.scopegate.client.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverloadSoakCommandTest {

    @Test
    void limitsAreKeptWithSupersededFrames() {
        assertThat(report(Outcome.CLASSIFIED, Outcome.SUPERSEDED).kept()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLASSIFIED", "SUPERSEDED"})
    void limitsAreExceededByAnyOtherUnjudgedFrame(Outcome outcome) {
        assertThat(report(Outcome.CLASSIFIED, outcome).kept()).isFalse();
    }

    @Test
    void limitsAreExceededByAnUnansweredFrame() {
        assertThat(report(Outcome.CLASSIFIED, Outcome.ABANDONED).kept()).isFalse();
    }

    @Test
    void theStreamsTogetherSendTwiceTheMaximum() throws IOException {
        assertThat(OverloadSoakCommand.overload(100, 8)).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {999.5, 1000})
    void twiceTheMaximumIsSentIfAStreamMaySendSoMuch(double twice) throws Exception {
        List<Double> sent = new ArrayList<>();

        SoakReport report = OverloadSoakCommand.report(4000, twice, (rate, figures) -> sent.add(rate));

        assertThat(sent).containsExactly(twice);
        assertThat(report.json().path("sentFramesPerSecondPerStream").asDouble())
                .isEqualTo(twice);
        assertThat(report.kept()).isTrue();
    }

    @Test
    void nothingIsSentAndTheLimitsAreNotKeptIfAStreamMayNotSendTwiceTheMaximum() throws Exception {
        List<Double> sent = new ArrayList<>();

        SoakReport report = OverloadSoakCommand.report(4002, 1000.5, (rate, figures) -> sent.add(rate));

        assertThat(sent).isEmpty();
        assertThat(report.text())
                .matches("saturatedFramesPerSecond +4002\\.000\n"
                        + "twiceSaturatedPerStream +1000\\.500   at most 1000\\.000: NOT KEPT");
        assertThat(report.kept()).isFalse();
    }

    /** Twice nothing would be sent at full speed, and no age would be too high. */
    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, Double.NaN})
    void noRateFollowsFromAMaximumOfNoFrames(double saturated) {
        assertThatThrownBy(() -> OverloadSoakCommand.overload(saturated, 8))
                .isInstanceOf(IOException.class)
                .hasMessage("no frame was judged while the maximum was measured");
    }

    private static SoakReport report(Outcome... outcomes) {
        StageTimes times = new StageTimes();
        for (Outcome outcome : outcomes) {
            times.add(Answers.with(outcome));
        }
        SoakReport report = new SoakReport();
        OverloadSoakCommand.conclude(List.of(new DeviceResult(times, 1, 4)), 1, report);
        return report;
    }
}
