package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.metrics.Proportion;
import io.scopegate.trainer.metrics.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The quality gate: what a model has to reach before it is published.
 *
 * @param least for each criterion that is required, the lowest value that passes
 */
public record QualityGate(Map<Criterion, Double> least) {

    /** A gate that every model passes. */
    public static final QualityGate NONE = new QualityGate(Map.of());

    private static final double EVEN = 0.5;

    /** Log odds of an answer with a probability of 1. */
    private static final double SURE = 100;

    public QualityGate {
        least = Map.copyOf(least);
    }

    /** A figure from 0 to 1. Positive means out of body. */
    public enum Criterion {
        /** Accuracy by the more probable label: the reference bundle's {@code val_accu}. */
        ACCURACY("minAccuracy", metrics -> metrics.byClass().accuracy()),
        /** Balanced accuracy by verdict. */
        BALANCED_ACCURACY("minBalancedAccuracy", metrics -> metrics.byVerdict().balancedAccuracy()),
        AUROC("minAuroc", metrics -> metrics.ranking().auroc().value()),
        AVERAGE_PRECISION(
                "minAveragePrecision",
                metrics -> metrics.ranking().averagePrecision().value()),
        /** Sensitivity by verdict: share of the out-of-body frames that are answered out of body. */
        SENSITIVITY(
                "minSensitivity", metrics -> metrics.byVerdict().sensitivity().value()),
        /** Lower end of the sensitivity's 95 % interval, which cannot be high with few frames. */
        SENSITIVITY_LOW(
                "minSensitivityLow",
                metrics -> metrics.byVerdict().sensitivity().interval().map(Proportion.Interval::low)),
        /** Specificity by verdict: share of the in-body frames that are answered in body. */
        SPECIFICITY(
                "minSpecificity", metrics -> metrics.byVerdict().specificity().value());

        private final String setting;
        private final Function<Metrics, Optional<Double>> figure;

        Criterion(String setting, Function<Metrics, Optional<Double>> figure) {
            this.setting = setting;
            this.figure = figure;
        }

        /** Returns the name of the setting in a plan. */
        public String setting() {
            return setting;
        }
    }

    /**
     * Returns what not even a perfect model could reach on these test frames: frames of one label say nothing about the
     * other, and with few frames the intervals are wide.
     */
    public List<String> unreachable(List<LabelledFrame> frames) {
        List<Answer> right = frames.stream().map(QualityGate::right).toList();
        return failures(Metrics.of(new Evaluation(right, List.of()), EVEN, FrameTimes.NONE));
    }

    private static Answer right(LabelledFrame frame) {
        double logOdds = frame.label() == Label.OUT_OF_BODY ? SURE : -SURE;
        return new Answer(frame, new Score(logOdds, frame.label()), EVEN);
    }

    /**
     * Returns every requirement that was not met; empty if the model passes. Unless nothing is required, test frames
     * that could not be judged are a failure too.
     */
    public List<String> failures(Metrics metrics) {
        List<String> failures = new ArrayList<>();
        if (!least.isEmpty() && metrics.unjudged() > 0) {
            failures.add("test frames that could not be judged: " + metrics.unjudged());
        }
        for (Criterion criterion : Criterion.values()) {
            Optional<Double> reached = criterion.figure.apply(metrics);
            double asked = least.getOrDefault(criterion, 0.0);
            if (least.containsKey(criterion) && !(reached.orElse(-1.0) >= asked)) {
                failures.add(String.format(
                        Locale.ROOT,
                        "%s: at least %s, not %s",
                        criterion.setting,
                        asked,
                        reached.map(value -> String.format(Locale.ROOT, "%.4f", value))
                                .orElse("absent")));
            }
        }
        return failures;
    }
}
