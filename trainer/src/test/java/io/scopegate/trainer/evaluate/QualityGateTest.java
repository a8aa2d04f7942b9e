package io.scopegate.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.evaluate.Evaluation.Unjudged;
import io.scopegate.trainer.evaluate.QualityGate.Criterion;
import io.scopegate.trainer.metrics.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityGateTest {

    private static final List<Answer> PERFECT = List.of(answer(-2, Label.IN_BODY), answer(2, Label.OUT_OF_BODY));

    @Test
    void modelThatMeetsEveryMinimumPasses() {
        QualityGate gate = new QualityGate(Map.of(Criterion.ACCURACY, 1.0, Criterion.AUROC, 1.0));

        assertThat(gate.failures(metrics(PERFECT, List.of()))).isEmpty();
    }

    @Test
    void everyMissedMinimumIsNamed() {
        QualityGate gate = new QualityGate(Map.of(Criterion.SENSITIVITY, 0.9, Criterion.SENSITIVITY_LOW, 0.5));
        List<Answer> halfExposed = List.of(answer(2, Label.OUT_OF_BODY), answer(-2, Label.OUT_OF_BODY));

        assertThat(gate.failures(metrics(halfExposed, List.of())))
                .containsExactly(
                        "minSensitivity: at least 0.9, not 0.5000", "minSensitivityLow: at least 0.5, not 0.0945");
    }

    /** All frames have the same label, so there is no AUROC: not even a minimum of 0 is reached. */
    @Test
    void absentMetricFailsTheGate() {
        QualityGate gate = new QualityGate(Map.of(Criterion.AUROC, 0.0));

        assertThat(gate.failures(metrics(List.of(answer(2, Label.OUT_OF_BODY)), List.of())))
                .containsExactly("minAuroc: at least 0.0, not absent");
    }

    @Test
    void frameThatCouldNotBeJudgedDoesNotPass() {
        QualityGate gate = new QualityGate(Map.of(Criterion.ACCURACY, 0.5));
        Unjudged unjudged = new Unjudged(new LabelledFrame(Path.of("b.jpg"), Label.IN_BODY, "a"), "truncated");

        assertThat(gate.failures(metrics(PERFECT, List.of(unjudged))))
                .containsExactly("test frames that could not be judged: 1");
    }

    /**
     * On ten out-of-body frames even a perfect model has neither AUROC nor specificity, and the lower bound of its
     * sensitivity's interval is 0.7225.
     */
    @Test
    void unreachableMinimumIsReportedForTheTestFrames() {
        List<LabelledFrame> ten = IntStream.range(0, 10)
                .mapToObj(k -> new LabelledFrame(Path.of(k + ".jpg"), Label.OUT_OF_BODY, "a"))
                .toList();

        assertThat(new QualityGate(Map.of(
                                Criterion.ACCURACY,
                                1.0,
                                Criterion.SENSITIVITY,
                                1.0,
                                Criterion.AVERAGE_PRECISION,
                                1.0,
                                Criterion.SENSITIVITY_LOW,
                                0.72))
                        .unreachable(ten))
                .isEmpty();
        assertThat(new QualityGate(Map.of(
                                Criterion.AUROC, 0.9, Criterion.SPECIFICITY, 0.9, Criterion.SENSITIVITY_LOW, 0.73))
                        .unreachable(ten))
                .containsExactly(
                        "minAuroc: at least 0.9, not absent",
                        "minSensitivityLow: at least 0.73, not 0.7225",
                        "minSpecificity: at least 0.9, not absent");
    }

    /** Without criteria every evaluation passes, even one without frames. */
    @Test
    void everyEvaluationPassesWithoutCriteria() {
        assertThat(QualityGate.NONE.failures(metrics(List.of(), List.of()))).isEmpty();
    }

    private static Metrics metrics(List<Answer> answers, List<Unjudged> unjudged) {
        return Metrics.of(new Evaluation(answers, unjudged), 0.5, FrameTimes.NONE);
    }

    private static Answer answer(double logOdds, Label shown) {
        return new Answer(new LabelledFrame(Path.of("a.jpg"), shown, "a"), new Score(logOdds, shown), 0.5);
    }
}
