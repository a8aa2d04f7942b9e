package io.scopegate.trainer.metrics;

import io.scopegate.trainer.dataset.Label;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Scores for tests. */
final class LabelledScores {

    private LabelledScores() {}

    /** Log odds of in-body frames, then of out-of-body frames. */
    static List<Score> of(double[] inBody, double[] outOfBody) {
        List<Score> scores = new ArrayList<>();
        for (double logOdds : inBody) {
            scores.add(new Score(logOdds, Label.IN_BODY));
        }
        for (double logOdds : outOfBody) {
            scores.add(new Score(logOdds, Label.OUT_OF_BODY));
        }
        return scores;
    }

    /** Lists with many ties. */
    static Arbitrary<List<Score>> any() {
        return Combinators.combine(Arbitraries.integers().between(-6, 6), Arbitraries.of(Label.class))
                .as((logOdds, shown) -> new Score(logOdds / 2.0, shown))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
