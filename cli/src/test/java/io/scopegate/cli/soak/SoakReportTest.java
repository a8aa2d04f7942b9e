package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoakReportTest {

    @Test
    void limitIsKeptByAnEqualFigure() {
        SoakReport report = new SoakReport();

        report.add("frames", 1000);
        report.atMost("unanswered", 0, 0);

        assertThat(report.kept()).isTrue();
        assertThat(report.json().path("limits").size()).isEqualTo(1);
    }

    @Test
    void reportIsNotKeptIfOneFigureExceedsItsLimit() {
        SoakReport report = new SoakReport();

        report.atMost("unanswered", 0, 0);
        report.atMost("rssMbGrowth", 10.5, 10);

        assertThat(report.kept()).isFalse();
        assertThat(report.text()).contains("at most 10.000: NOT KEPT");
        assertThat(report.json().path("kept").asBoolean()).isFalse();
    }

    @Test
    void countsAreWholeNumbersAndWhatIsMeasuredIsNot() {
        SoakReport report = new SoakReport();

        report.add("frames", 762);
        report.atMost("unanswered", 0, 0);
        report.atMost("rssMbGrowth", 3.0, 10.0);

        assertThat(report.json())
                .hasToString("{\"frames\":762,\"unanswered\":0,\"rssMbGrowth\":3.0,"
                        + "\"limits\":{\"unanswered\":0,\"rssMbGrowth\":10.0},\"kept\":true}");
        assertThat(report.text()).containsPattern("unanswered +0   at most 0: kept");
    }

    @Test
    void unmeasuredFigureDoesNotKeepItsLimit() {
        SoakReport report = new SoakReport();

        report.atMost("ageP99Ms", Double.NaN, 10);

        assertThat(report.kept()).isFalse();
        assertThat(report.json().path("ageP99Ms").isNull()).isTrue();
    }

    /** Not-a-number is neither printed nor left out, whether it is the figure, its limit or only for information. */
    @Test
    void unmeasuredFigureIsPrintedInWordsAndNullInJson() {
        SoakReport report = new SoakReport();

        report.add("inferP99Ms", Double.NaN);
        report.atMost("ageP99Ms", 12, Double.NaN);

        assertThat(report.text().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("inferP99Ms +not measured: NOT KEPT"),
                        line -> assertThat(line).matches("ageP99Ms +12.000   at most not measured: NOT KEPT"));
        assertThat(report.json())
                .hasToString("{\"inferP99Ms\":null,\"ageP99Ms\":12.0,\"limits\":{\"ageP99Ms\":null},\"kept\":false}");
    }
}
