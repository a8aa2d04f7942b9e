package io.scopegate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.cli.report.Answers;
import io.scopegate.cli.report.Tally;
import io.scopegate.client.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {

    private final Tally tally = new Tally();

    @Test
    void summaryHasNoFaultIfEveryFrameIsClassified() {
        tally.add(Answers.with(Outcome.CLASSIFIED), Optional.of("outbody"));

        assertThat(new DemoSummary(1, tally, Optional.empty()).fault()).isEmpty();
    }

    @Test
    void summaryHasAFaultIfAnAnswerIsNotClassified() {
        tally.add(Answers.with(Outcome.CLASSIFIED), Optional.of("outbody"));
        tally.add(Answers.with(Outcome.FAILED), Optional.of("outbody"));

        assertThat(new DemoSummary(2, tally, Optional.empty()).fault())
                .hasValue("not all of 2 frames were classified: 1 classified, 1 failed");
    }

    @Test
    void summaryHasAFaultIfAFrameIsUnanswered() {
        tally.add(Answers.with(Outcome.CLASSIFIED), Optional.of("outbody"));

        assertThat(new DemoSummary(2, tally, Optional.empty()).fault())
                .hasValue("not all of 2 frames were classified: 1 classified");
    }

    @Test
    void whatCouldNotBeMeasuredIsSaidInWords() {
        assertThat(new DemoSummary(2, tally, Optional.empty()).text())
                .contains("accuracy   not measured on these frames", "p50 not measured ms, p99 not measured ms")
                .doesNotContain("NaN");
    }

    @Test
    void whatWasMeasuredIsRounded() {
        tally.add(Answers.with(Outcome.CLASSIFIED), Optional.of("outbody"));

        assertThat(new DemoSummary(1, tally, Optional.empty()).text())
                .contains("accuracy   0.0000 on these frames", "p50 1.0 ms, p99 1.0 ms");
    }
}
