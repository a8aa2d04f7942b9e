package io.scopegate.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.evaluate.Evaluation.Unjudged;
import io.scopegate.trainer.metrics.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Evaluation MIXED = new Evaluation(
            List.of(
                    answer("a", 0, -2, Label.IN_BODY),
                    answer("a", 1, -0.1, Label.OUT_OF_BODY),
                    answer("b", 2, -3, Label.OUT_OF_BODY),
                    answer("b", 3, 4, Label.OUT_OF_BODY)),
            List.of(new Unjudged(frame("a", 4, Label.IN_BODY), "truncated")));

    @Test
    void csvStartsWithTheReferenceBundleMetric() {
        String csv = metrics(MIXED).toCsv();

        assertThat(csv).startsWith("val_accu,0.5\nframes,4\nunjudged,1\n").contains("\nverdict_sensitivity,0.666");
        assertThat(csv.lines()).allMatch(line -> line.split(",", -1).length == 2);
    }

    /**
     * By class, two of the four answers are right. By verdict a third is: its in-body probability is 0.525, and the
     * threshold 0.6.
     */
    @Test
    void accuracyIsByClassAndSensitivityByVerdictToo() {
        JsonNode json = metrics(MIXED).toJson();

        assertThat(json.at("/byClass/accuracy/value").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/byVerdict/sensitivity/right").asInt()).isEqualTo(2);
        assertThat(json.at("/byVerdict/sensitivity/low").asDouble()).isBetween(0.2, 0.21);
        assertThat(json.path("auroc").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void figureThatCannotBeComputedIsNullWithItsReason() {
        Evaluation inBody = new Evaluation(List.of(answer("a", 0, -2, Label.IN_BODY)), List.of());

        JsonNode json = metrics(inBody).toJson();

        assertThat(json.path("auroc").isNull()).isTrue();
        assertThat(json.at("/absent/auroc").asText()).isEqualTo("no out-of-body frame");
        assertThat(json.at("/byVerdict/sensitivity/value").isNull()).isTrue();
        assertThat(metrics(inBody).lines()).contains("none: no such frame").doesNotContain("NaN");
    }

    @Test
    void groupWithTheMostExposedFramesComesFirst() {
        assertThat(metrics(MIXED).groups()).extracting(GroupResult::group).containsExactly("b", "a");
    }

    @Test
    void summaryHasTheWorstOfManyGroups() {
        List<Answer> answers = IntStream.range(0, 2000)
                .mapToObj(k -> answer("video-" + k, k, k < 1990 ? 2 : -2, Label.OUT_OF_BODY))
                .toList();
        Metrics metrics = metrics(new Evaluation(answers, List.of()));

        JsonNode summary = metrics.summary();

        assertThat(summary.path("groups")).hasSize(100);
        assertThat(summary.at("/groups/0/group").asText()).isEqualTo("video-1990");
        assertThat(summary.path("groupCount").asInt()).isEqualTo(2000);
        assertThat(summary.toString()).hasSizeLessThan(1 << 17);
        assertThat(metrics.toJson().path("groups")).hasSize(2000);
    }

    /**
     * Of two frames 10 s apart, the first is exposed: half of the time, 1,800 s an hour. Without times the figure is
     * absent, with the reason.
     */
    @Test
    void exposureIsAbsentWithoutFrameTimes() {
        FrameTimes times = new FrameTimes(
                Map.of(Path.of("2.jpg").toAbsolutePath(), 0.0, Path.of("3.jpg").toAbsolutePath(), 10.0));

        JsonNode timed = Metrics.of(MIXED, 0.6, times).toJson();

        assertThat(timed.at("/exposure/exposedSecondsPerHour").asDouble()).isEqualTo(1800);
        assertThat(metrics(MIXED).toJson().at("/absent/exposure").asText()).contains("not known");
        assertThat(metrics(MIXED).lines()).containsPattern("an hour +none: the times of the frames are not known");
    }

    private static Metrics metrics(Evaluation evaluation) {
        return Metrics.of(evaluation, 0.6, FrameTimes.NONE);
    }

    private static Answer answer(String group, int index, double logOdds, Label shown) {
        return new Answer(frame(group, index, shown), new Score(logOdds, shown), 0.6);
    }

    private static LabelledFrame frame(String group, int index, Label shown) {
        return new LabelledFrame(Path.of(index + ".jpg"), shown, group);
    }
}
