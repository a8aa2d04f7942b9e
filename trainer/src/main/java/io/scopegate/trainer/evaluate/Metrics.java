package io.scopegate.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.metrics.Calibration;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Exposure;
import io.scopegate.trainer.metrics.Figure;
import io.scopegate.trainer.metrics.Ranking;
import io.scopegate.trainer.metrics.Score;
import io.scopegate.trainer.metrics.Temperature;
import io.scopegate.trainer.metrics.ThresholdTable;
import java.util.List;

/**
 * All figures of one set of answers.
 *
 * @param threshold the lowest probability of in body that is answered in body
 * @param byClass counts by the more probable label; its accuracy is the reference bundle's {@code val_accu}
 * @param byVerdict counts by what is acted on
 * @param ranking whatever the threshold
 * @param calibration of the probabilities
 * @param temperature that would calibrate them best
 * @param thresholds what others would have answered
 * @param groups verdicts by group, the worst first
 * @param exposure by verdict, of the frames whose time is known
 * @param unjudged frames that could not be judged and are in none of these figures
 */
public record Metrics(
        double threshold,
        Confusion byClass,
        Confusion byVerdict,
        Ranking ranking,
        Calibration calibration,
        Figure temperature,
        ThresholdTable thresholds,
        List<GroupResult> groups,
        Exposure exposure,
        int unjudged) {

    /** A manifest may have a mebibyte at most, and each group takes most of a kibibyte. */
    private static final int MOST_GROUPS = 100;

    public Metrics {
        groups = List.copyOf(groups);
    }

    /** Of these answers. */
    public static Metrics of(Evaluation evaluation, double threshold, FrameTimes times) {
        List<Score> scores = evaluation.scores();
        return new Metrics(
                threshold,
                evaluation.byClass(),
                evaluation.byVerdict(),
                Ranking.of(scores),
                Calibration.of(scores),
                Temperature.fit(scores),
                ThresholdTable.of(scores, threshold),
                GroupResult.of(evaluation),
                exposure(evaluation, times),
                evaluation.unjudged().size());
    }

    private static Exposure exposure(Evaluation evaluation, FrameTimes times) {
        return Exposure.of(evaluation.answers().stream()
                .flatMap(answer -> times
                        .seconds(answer.frame().file())
                        .map(seconds -> new Exposure.Moment(
                                answer.frame().statedGroup(),
                                seconds,
                                answer.frame().label(),
                                answer.verdict()))
                        .stream())
                .toList());
    }

    /** How many frames were judged. */
    public int frames() {
        return byClass.inBody() + byClass.outOfBody();
    }

    /** Everything, as {@code metrics.json} has it. */
    public ObjectNode toJson() {
        return MetricsJson.of(this);
    }

    /** The figures without the curves and tables that go with them, and of many groups the first, as manifests state them. */
    public ObjectNode summary() {
        ObjectNode all = MetricsJson.of(this);
        all.remove(List.of("thresholds", "cuts"));
        ((ObjectNode) all.path("calibration")).remove("bins");
        ArrayNode listed = all.withArray("groups");
        while (listed.size() > MOST_GROUPS) {
            listed.remove(listed.size() - 1);
        }
        return all.put("groupCount", groups.size());
    }

    /** The lines of {@code metrics.csv}: name, comma, value. The first is the reference bundle's. */
    public String toCsv() {
        return MetricsCsv.of(this);
    }

    /** The most important ones as a few lines for people. */
    public String lines() {
        return MetricsLines.of(this);
    }
}
