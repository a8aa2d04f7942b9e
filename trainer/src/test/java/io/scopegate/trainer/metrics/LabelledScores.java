package io.scopegate.trainer.metrics;

import io.scopegate.trainer.dataset.Label;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes scores for tests. */
final class LabelledScores {

    private LabelledScores() {}

    /**
     * Returns one score for each log odds of out of body: first those of in-body frames, then those of out-of-body
     * frames.
     */
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

    /** Generates lists of 1 to 40 scores. They have many ties, since there are only 13 different log odds. */
    static Arbitrary<List<Score>> any() {
        return Combinators.combine(Arbitraries.integers().between(-6, 6), Arbitraries.of(Label.class))
                .as((logOdds, shown) -> new Score(logOdds / 2.0, shown))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
