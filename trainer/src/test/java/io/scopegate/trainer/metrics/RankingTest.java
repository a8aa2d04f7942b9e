package io.scopegate.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.trainer.dataset.Label;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RankingTest {

    @Test
    void aurocIsTheShareOfConcordantPairs() {
        Ranking ranking = Ranking.of(LabelledScores.of(new double[] {-2, 0}, new double[] {-1, 3}));

        assertThat(ranking.auroc()).isEqualTo(new Figure.Known(0.75));
    }

    @Test
    void tieCountsHalf() {
        Ranking ranking = Ranking.of(LabelledScores.of(new double[] {1, 0}, new double[] {1}));

        assertThat(ranking.cuts()).containsExactly(new Ranking.Cut(1, 1, 1), new Ranking.Cut(0, 1, 2));
        assertThat(ranking.auroc()).isEqualTo(new Figure.Known(0.75));
    }

    @Test
    void averagePrecisionWeighsPrecisionByTheSensitivityGained() {
        Ranking ranking = Ranking.of(LabelledScores.of(new double[] {2, 0}, new double[] {3, 1}));

        assertThat(ranking.averagePrecision().value().orElseThrow()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-15));
    }

    @Test
    void aurocIsAbsentWithReasonForASingleLabel() {
        assertThat(Ranking.of(LabelledScores.of(new double[] {1}, new double[0]))
                        .auroc())
                .isEqualTo(new Figure.Absent("no out-of-body frame"));
        assertThat(Ranking.of(LabelledScores.of(new double[0], new double[] {1}))
                        .auroc())
                .isEqualTo(new Figure.Absent("no in-body frame"));
        assertThat(Ranking.of(List.of()).averagePrecision()).isEqualTo(new Figure.Absent("no out-of-body frame"));
    }

    @Property
    void aurocEqualsTheCountOverAllPairs(@ForAll("scores") List<Score> scores) {
        double pairs = 0;
        double inOrder = 0;
        for (Score out : scores.stream().filter(Score::positive).toList()) {
            for (Score in : scores.stream().filter(score -> !score.positive()).toList()) {
                pairs++;
                inOrder += 0.5 + 0.5 * Math.signum(out.logOdds() - in.logOdds());
            }
        }

        Figure expected = pairs == 0
                ? new Figure.Absent(scores.getFirst().positive() ? "no in-body frame" : "no out-of-body frame")
                : new Figure.Known(inOrder / pairs);
        assertCloseTo(Ranking.of(scores).auroc(), expected);
    }

    @Property
    void aurocOfSwappedLabelsIsTheComplement(@ForAll("scores") List<Score> scores) {
        List<Score> swapped = scores.stream()
                .map(score -> new Score(score.logOdds(), score.positive() ? Label.IN_BODY : Label.OUT_OF_BODY))
                .toList();

        Ranking.of(scores)
                .auroc()
                .value()
                .ifPresent(
                        area -> assertThat(Ranking.of(swapped).auroc().value().orElseThrow())
                                .isCloseTo(1 - area, within(1e-12)));
    }

    @Property
    void aurocAndAveragePrecisionAreScaleInvariant(@ForAll("scores") List<Score> scores) {
        List<Score> scaled = scores.stream()
                .map(score -> new Score(4 * score.logOdds() + 1, score.shown()))
                .toList();

        assertThat(Ranking.of(scaled).auroc()).isEqualTo(Ranking.of(scores).auroc());
        assertThat(Ranking.of(scaled).averagePrecision())
                .isEqualTo(Ranking.of(scores).averagePrecision());
    }

    @Provide
    Arbitrary<List<Score>> scores() {
        return LabelledScores.any();
    }

    private static void assertCloseTo(Figure actual, Figure expected) {
        if (expected.value().isPresent()) {
            assertThat(actual.value().orElseThrow()).isCloseTo(expected.value().get(), within(1e-12));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
