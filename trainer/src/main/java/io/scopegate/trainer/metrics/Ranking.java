package io.scopegate.trainer.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Frames ordered by their score for out of body, with a cut between any two different scores.
 *
 * @param cuts from the strictest to the most lenient; the last includes all frames
 * @param positives number of out-of-body frames
 * @param negatives number of in-body frames
 */
public record Ranking(List<Cut> cuts, int positives, int negatives) {

    /**
     * All frames whose score is at least {@code logOdds}.
     *
     * @param logOdds the lowest score above the cut
     * @param truePositives out-of-body frames above the cut
     * @param falsePositives in-body frames above the cut
     */
    public record Cut(double logOdds, int truePositives, int falsePositives) {

        static final Cut NONE = new Cut(Double.POSITIVE_INFINITY, 0, 0);

        /** Returns the share of out-of-body frames among those above the cut. */
        public double precision() {
            return (double) truePositives / (truePositives + falsePositives);
        }
    }

    public Ranking {
        cuts = List.copyOf(cuts);
    }

    /** Orders the frames. Frames with the same score are never separated by a cut. */
    public static Ranking of(List<Score> scores) {
        List<Score> ordered = scores.stream()
                .sorted(Comparator.comparingDouble(Score::logOdds).reversed())
                .toList();
        List<Cut> cuts = new ArrayList<>();
        int positives = 0;
        for (int taken = 1; taken <= ordered.size(); taken++) {
            Score last = ordered.get(taken - 1);
            positives += last.positive() ? 1 : 0;
            if (taken == ordered.size() || ordered.get(taken).logOdds() != last.logOdds()) {
                cuts.add(new Cut(last.logOdds(), positives, taken - positives));
            }
        }
        return new Ranking(cuts, positives, scores.size() - positives);
    }

    /** Returns at most {@code most} of the cuts, evenly spaced, including the first and the last. */
    public List<Cut> thinned(int most) {
        if (cuts.size() <= most) {
            return cuts;
        }
        return IntStream.range(0, most)
                .mapToObj(k -> cuts.get((int) ((long) k * (cuts.size() - 1) / (most - 1))))
                .toList();
    }

    /**
     * Returns the area under the ROC curve: among all pairs of an out-of-body and an in-body frame, the share in which
     * the former has the higher score, where a tie counts half. Absent unless there are frames of both labels.
     */
    public Figure auroc() {
        if (positives == 0 || negatives == 0) {
            return new Figure.Absent(positives == 0 ? "no out-of-body frame" : "no in-body frame");
        }
        long twiceTheArea = 0;
        Cut before = Cut.NONE;
        for (Cut cut : cuts) {
            long width = cut.falsePositives - before.falsePositives;
            twiceTheArea += width * (cut.truePositives + before.truePositives);
            before = cut;
        }
        return new Figure.Known(twiceTheArea / 2.0 / positives / negatives);
    }

    /**
     * Returns the average precision: the precision at each cut, weighted by the sensitivity that the cut adds, without
     * interpolation. Absent without out-of-body frames.
     */
    public Figure averagePrecision() {
        if (positives == 0) {
            return new Figure.Absent("no out-of-body frame");
        }
        double sum = 0;
        Cut before = Cut.NONE;
        for (Cut cut : cuts) {
            sum += cut.precision() * (cut.truePositives - before.truePositives);
            before = cut;
        }
        return new Figure.Known(sum / positives);
    }
}
