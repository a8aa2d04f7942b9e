package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.Answers;
import io.scopegate.client.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({"999.5, 999.5, true", "1000, 1000, true", "1000.5, 1000, false"})
    void aStreamThatMayNotSendTwiceTheMaximumDoesNotKeepTheLimits(double twice, double sent, boolean kept) {
        SoakReport report = new SoakReport();

        assertThat(OverloadSoakCommand.sent(twice, report)).isEqualTo(sent);

        assertThat(report.json().path("twiceSaturatedPerStream").asDouble()).isEqualTo(twice);
        assertThat(report.json().path("sentFramesPerSecondPerStream").asDouble())
                .isEqualTo(sent);
        assertThat(report.kept()).isEqualTo(kept);
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
