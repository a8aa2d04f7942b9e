package io.scopegate.trainer.metrics;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The verdicts that other thresholds would have given.
 *
 * @param rows by rising threshold: the higher the threshold, the fewer out-of-body frames are shown as in body
 */
public record ThresholdTable(List<Row> rows) {

    private static final double[] THRESHOLDS = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

    /**
     * One threshold.
     *
     * @param threshold the lowest probability of in body that is answered in body
     * @param verdicts the verdicts at this threshold
     */
    public record Row(double threshold, Confusion verdicts) {}

    public ThresholdTable {
        rows = List.copyOf(rows);
    }

    /** Computes the verdicts of twelve fixed thresholds and of the model's own. */
    public static ThresholdTable of(List<Score> scores, double own) {
        return new ThresholdTable(DoubleStream.concat(DoubleStream.of(THRESHOLDS), DoubleStream.of(own))
                .sorted()
                .distinct()
                .mapToObj(threshold -> new Row(threshold, Confusion.of(scores, threshold)))
                .toList());
    }
}
