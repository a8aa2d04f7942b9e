package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.Answers;
import io.scopegate.client.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OverloadSoakCommandTest {

    @Test
    void supersededFramesAreKept() {
        assertThat(report(Outcome.CLASSIFIED, Outcome.SUPERSEDED).kept()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"CLASSIFIED", "SUPERSEDED"})
    void aFrameThatWasNotJudgedForAnyOtherReasonIsNot(Outcome outcome) {
        assertThat(report(Outcome.CLASSIFIED, outcome).kept()).isFalse();
    }

    @Test
    void aFrameWithoutAnAnswerIsNot() {
        assertThat(report(Outcome.CLASSIFIED, Outcome.ABANDONED).kept()).isFalse();
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
