package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.metrics.Figure;
import io.scopegate.trainer.metrics.Proportion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats metrics as lines {@code name,value}. The value is empty where there is no figure. Accuracy, balanced
 * accuracy, sensitivity and specificity are by the model's threshold in lines that begin with {@code verdict_},
 * otherwise by the more probable label. Positive means out of body.
 *
 * <p>The first line has the reference bundle's name whatever the split is: there, other frames are evaluated by
 * replacing {@code validate#dataset#data}, which does not change the key of the metric.
 */
final class MetricsCsv {

    private final Map<String, String> lines = new LinkedHashMap<>();

    private MetricsCsv(Metrics metrics) {
        put("val_accu", metrics.byClass().accuracy());
        put("frames", metrics.frames());
        put("unjudged", metrics.unjudged());
        put("balanced_accuracy", metrics.byClass().balancedAccuracy());
        put("sensitivity", metrics.byClass().sensitivity());
        put("specificity", metrics.byClass().specificity());
        put("auroc", metrics.ranking().auroc());
        put("average_precision", metrics.ranking().averagePrecision());
        put("expected_calibration_error", metrics.calibration().expectedError());
        put("temperature", metrics.temperature());
        put("threshold", metrics.threshold());
        put("verdict_accuracy", metrics.byVerdict().accuracy());
        put("verdict_balanced_accuracy", metrics.byVerdict().balancedAccuracy());
        put("verdict_sensitivity", metrics.byVerdict().sensitivity());
        put("verdict_specificity", metrics.byVerdict().specificity());
        put("exposed_seconds_per_hour", metrics.exposure().perHour());
    }

    static String of(Metrics metrics) {
        return new MetricsCsv(metrics)
                .lines.entrySet().stream()
                        .map(line -> line.getKey() + "," + line.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    private void put(String name, Number number) {
        lines.put(name, number.toString());
    }

    private void put(String name, Optional<Double> value) {
        lines.put(name, value.map(String::valueOf).orElse(""));
    }

    private void put(String name, Figure figure) {
        put(name, figure.value());
    }

    private void put(String name, Proportion share) {
        put(name, share.value());
        put(name + "_low", share.interval().map(Proportion.Interval::low));
        put(name + "_high", share.interval().map(Proportion.Interval::high));
    }
}
