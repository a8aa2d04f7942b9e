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
 * All figures computed from one set of answers.
 *
 * @param threshold the lowest probability of in body that is answered in body
 * @param byClass counts by the more probable label; the accuracy is the reference bundle's {@code val_accu}
 * @param byVerdict counts by verdict, which is what devices act on
 * @param ranking ranking of the frames, which does not depend on the threshold
 * @param calibration calibration of the probabilities
 * @param temperature temperature that would calibrate the probabilities best
 * @param thresholds verdicts of other thresholds
 * @param groups verdicts by group, the worst first
 * @param exposure exposure by verdict, of the frames whose time is known
 * @param unjudged number of frames that could not be judged; they are in none of these figures
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

    /** The number of groups in a manifest, which is limited to 1 MiB. Each group takes most of a kibibyte. */
    private static final int MOST_GROUPS = 100;

    public Metrics {
        groups = List.copyOf(groups);
    }

    /** Computes the metrics of these answers. */
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

    /** Returns the number of frames that were judged. */
    public int frames() {
        return byClass.inBody() + byClass.outOfBody();
    }

    /** Returns everything, as in {@code metrics.json}. */
    public ObjectNode toJson() {
        return MetricsJson.of(this);
    }

    /**
     * Returns the figures as a manifest has them: without curves and tables, and of very many groups only the first.
     */
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

    /** Returns the lines of {@code metrics.csv}: name, comma, value. The first line is the reference bundle's. */
    public String toCsv() {
        return MetricsCsv.of(this);
    }

    /** Returns the most important figures as a few lines for people. */
    public String lines() {
        return MetricsLines.of(this);
    }
}
