package io.scopegate.trainer.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Frames ordered by how surely they are out of body, cut between every two different scores.
 *
 * @param cuts from the strictest to the laxest; the last takes all frames
 * @param positives out-of-body frames
 * @param negatives in-body frames
 */
public record Ranking(List<Cut> cuts, int positives, int negatives) {

    /**
     * All frames whose score is at least this.
     *
     * @param logOdds the lowest score above the cut
     * @param truePositives out-of-body frames above it
     * @param falsePositives in-body frames above it
     */
    public record Cut(double logOdds, int truePositives, int falsePositives) {

        static final Cut NONE = new Cut(Double.POSITIVE_INFINITY, 0, 0);

        /** Share of out-of-body frames among those above the cut. */
        public double precision() {
            return (double) truePositives / (truePositives + falsePositives);
        }
    }

    public Ranking {
        cuts = List.copyOf(cuts);
    }

    /** Orders the frames; those of the same score lie between the same cuts. */
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

    /** At most so many of the cuts, evenly taken, with the first and the last. */
    public List<Cut> thinned(int most) {
        if (cuts.size() <= most) {
            return cuts;
        }
        return IntStream.range(0, most)
                .mapToObj(k -> cuts.get((int) ((long) k * (cuts.size() - 1) / (most - 1))))
                .toList();
    }

    /**
     * Area under the ROC curve: the share of pairs of an out-of-body and an in-body frame in which the former has the
     * higher score; a tie counts half. Absent unless there are frames of both labels.
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
     * Average precision: the precision at each cut, weighted by the sensitivity that it adds; nothing is interpolated.
     * Absent without out-of-body frames.
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
